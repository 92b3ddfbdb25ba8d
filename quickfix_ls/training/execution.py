"""Run a program on its tests, in a process of its own with limits.

`program.py` restricts the process. It gets an empty folder and no environment, and is killed with all processes that it
started.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Status = Literal["passed", "failed", "error", "timeout"]

_PROGRAM = Path(__file__).with_name("program.py")
_ENDED_BY_LIMIT = (-getattr(signal, "SIGXCPU", 0), -getattr(signal, "SIGKILL", 0))


@dataclass(frozen=True, slots=True)
class ProgramTests:
    """The tests of a program.

    `calls` is a JSON list of `{"args", "expect"}` for the function or method `entry`, or of `{"call", "expect"}`, two
    expressions; `setup` is code that runs before the program.
    """

    calls: str
    entry: str = ""
    setup: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a process: `seconds` of processor time, `wall` seconds of wall time, and bytes of memory."""

    seconds: int = 2
    wall: float = 10.0
    bytes: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Call:
    """The result of a test: the type and message of the `error` that was raised, or whether the value was right."""

    error: str
    message: str
    right: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The result of all tests.

    `status` is `passed` (every test), `failed` (a value was wrong), `error` (with its type and message; `Crash` with
    the exit code if the interpreter itself died) or `timeout`. `calls` is empty for a timeout and for a crash.
    """

    status: Status
    error: str = ""
    message: str = ""
    calls: tuple[Call, ...] = ()

    def raises(self, error: str, message: str) -> bool:
        """Return whether any test raises an error with this type and message."""
        return any((call.error, call.message) == (error, message) for call in self.calls)


def run_tests(text: str, tests: ProgramTests, limits: Limits | None = None) -> Run:
    """Run a program on its tests; its own errors are in the result. Raises OSError if no process can be started."""
    limits = limits or Limits()
    job = {
        "text": text, "entry": tests.entry, "setup": tests.setup, "tests": json.loads(tests.calls),
        "limits": {"seconds": limits.seconds, "bytes": limits.bytes},
    }  # fmt: skip
    # A fixed hash seed, so that iteration over a set has the same order in each run.
    environment = {"PYTHONHASHSEED": "0", **{key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}}
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-s", "-S", "-B", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        try:
            # `dumps` escapes non-ASCII characters, so any text can be sent, even with lone surrogates.
            output, _ = process.communicate(json.dumps(job).encode("ascii"), timeout=limits.wall)
        except subprocess.TimeoutExpired:
            return Run("timeout")
        finally:
            _end(process)
    return _read(output, process.returncode)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and all processes of its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def _read(output: bytes, code: int) -> Run:
    if code in _ENDED_BY_LIMIT:
        return Run("timeout")
    try:
        stated: list[list[Any]] = json.loads(output)
        calls = tuple(Call(str(error), str(message), right is True) for error, message, right in stated)
    except (ValueError, TypeError):
        return Run("error", "Crash", f"exit code {code}")
    first = next((call for call in calls if call.error), None)
    if first is not None:
        return Run("error", first.error, first.message, calls)
    return Run("passed" if all(call.right for call in calls) else "failed", calls=calls)
