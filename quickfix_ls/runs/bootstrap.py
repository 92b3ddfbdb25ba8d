"""Runs a program in its own interpreter as that would run it, and records the error that it ends with.

    python bootstrap.py RECORD (-m MODULE | SCRIPT) [ARGUMENTS ...]

It is started by its path, since the interpreter of the program may know nothing of us. Nothing but what is imported
here is, until the program has failed. RECORD is the file to which the error is written, as JSON.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def main() -> None:
    """Run the program that the arguments name."""
    import os

    record, *arguments = sys.argv[1:]
    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    sys.excepthook = _hook(record, folder)
    if arguments[0] == "-m":
        sys.argv = ["-m", *arguments[2:]]
        sys.path[0] = os.getcwd()
        import runpy

        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return
    sys.argv = arguments
    script = arguments[0]
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    _run_script(script)


def _run_script(script: str) -> None:
    import io
    import types
    from importlib.machinery import SourceFileLoader

    module = types.ModuleType("__main__")
    module.__file__, module.__loader__ = script, SourceFileLoader("__main__", script)
    module.__dict__["__builtins__"] = sys.modules["builtins"]
    with io.open_code(script) as file:
        source = file.read()
    sys.modules["__main__"] = module
    exec(compile(source, script, "exec", dont_inherit=True), module.__dict__)


def _hook(record: str, folder: str) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return the hook for uncaught exceptions: the traceback is printed without our own places in it, and recorded."""
    shown = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        ours = (__file__, "<frozen runpy>")
        while trace is not None and (trace.tb_frame.f_code.co_filename in ours or _is_runpy(trace)):
            trace = trace.tb_next
        error = error.with_traceback(trace)
        shown(kind, error, trace)
        try:
            sys.path.insert(0, folder)
            import json

            from quickfix_ls.runs.capture import captured
            from quickfix_ls.runs.record import error_to_json

            with open(record, "w", encoding="utf-8") as file:
                json.dump(error_to_json(captured(error)), file)
        except Exception as failed:
            # The program's own error is what counts.
            del failed
        finally:
            sys.path.remove(folder)

    return hook


def _is_runpy(trace: TracebackType) -> bool:
    return trace.tb_frame.f_globals.get("__name__") == "runpy"


if __name__ == "__main__":
    main()
