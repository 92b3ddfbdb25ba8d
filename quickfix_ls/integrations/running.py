"""`quickfix-ls run`: runs a program unchanged, and shows the fix of the error that it ends with."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quickfix_ls.errors import UsageError

if TYPE_CHECKING:
    from quickfix_ls.runs.store import Program

_ENDING = ("SIGTERM", "SIGHUP")


def run(arguments: Sequence[str], python: str = "") -> int:
    """Run a program as `python ARGUMENTS` would; return its exit code, or end by the signal that ended it.

    `arguments` begin with the path of a script, or with `-m` and a module. `python` is the interpreter, by default that
    of the virtual environment that is active, else `python3` or `python`. If the program ends with an exception, its
    fix is printed to standard error under the traceback, and language servers are told of it until the program runs
    clean. Raises UsageError if there is no such script or interpreter.
    """
    _check(arguments)
    interpreter = python or _interpreter()
    with tempfile.TemporaryDirectory(prefix="quickfix-ls-") as folder:
        record = os.path.join(folder, "error.json")
        bootstrap = os.path.join(os.path.dirname(os.path.dirname(__file__)), "runs", "bootstrap.py")
        code = _waited([interpreter, bootstrap, record, *arguments])
        if code > 0 and os.path.exists(record):
            _show(record, arguments)
        elif code == 0:
            _forget(arguments)
    if code < 0 and os.name == "posix":
        with contextlib.suppress(OSError):  # SIGKILL has no handler.
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    return code


def _check(arguments: Sequence[str]) -> None:
    if not arguments or (arguments[0] == "-m" and len(arguments) < 2):
        raise UsageError("run: name a script, or -m and a module, as for python")
    if arguments[0] != "-m" and not os.path.isfile(arguments[0]):
        raise UsageError(f"run: {arguments[0]}: there is no such file")


def _program(arguments: Sequence[str]) -> Program:
    """Return what is run, without its arguments: a program that runs clean with others may be as right."""
    from quickfix_ls.runs.store import Program

    if arguments[0] == "-m":
        return Program(os.getcwd(), f"python -m {arguments[1]}")
    folder, name = os.path.split(os.path.realpath(arguments[0]))
    return Program(folder, f"python {name}")


def _interpreter() -> str:
    environment = os.environ.get("VIRTUAL_ENV", "")
    places = [os.path.join(environment, part) for part in ("bin/python", "Scripts/python.exe")] if environment else []
    found = next((place for place in places if os.path.exists(place)), None)
    found = found or shutil.which("python3") or shutil.which("python") or sys.executable
    if not found:
        raise UsageError("run: there is no Python interpreter; name one with --python")
    return found


def _waited(command: Sequence[str]) -> int:
    """Start a process with our own streams; return its exit code, negative for a signal. What a terminal sends to both
    is left to the program, and what ends us ends it."""
    running: list[subprocess.Popen[bytes]] = []

    def passed_on(number: int, _frame: object) -> None:
        for process in running:
            process.send_signal(number)

    # Handlers of our own, unlike an ignored signal, are not inherited by the program.
    handlers = {number: passed_on for name in _ENDING if (number := getattr(signal, name, None)) is not None}
    taken = {signal.SIGINT: _left_to_the_program, **handlers}
    held = {
        number: signal.signal(number, handler)
        for number, handler in taken.items()
        if signal.getsignal(number) != signal.SIG_IGN
    }
    try:
        running.append(subprocess.Popen(command))
        # While the program starts, so that it takes no longer than without us.
        importlib.import_module("quickfix_ls.runs.store")
        return running[0].wait()
    except OSError as error:
        raise UsageError(f"run: {command[0]}: can't be started: {error.strerror}") from error
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)


def _left_to_the_program(_number: int, _frame: object) -> None:
    """Do nothing: a terminal has sent the signal to the program, too."""


def _forget(arguments: Sequence[str]) -> None:
    from quickfix_ls.runs.store import forget

    forget(_program(arguments))


def _show(record: str, arguments: Sequence[str]) -> None:
    import json

    from quickfix_ls.commands.choices import Choices
    from quickfix_ls.commands.preview import Preview
    from quickfix_ls.commands.tracebacks import show_fixes
    from quickfix_ls.runs.record import error_from_json
    from quickfix_ls.runs.store import remember

    with open(record, encoding="utf-8") as file:
        error = error_from_json(json.load(file))
    if error is not None:
        remember(_program(arguments), [error])
        from rich.console import Console

        print(file=sys.stderr)
        show_fixes([error], Choices(), preview=Preview(Console(stderr=True, highlight=False, soft_wrap=True)))
