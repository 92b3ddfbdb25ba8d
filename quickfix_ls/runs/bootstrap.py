"""Runs a program in its own interpreter as that would run it, and records the error that it ends with.

    python bootstrap.py RECORD (-m MODULE | SCRIPT) [ARGUMENTS ...]

It is started by its path, since the interpreter of the program may know nothing of us. Nothing but what is imported
here is, until the program has failed. RECORD is the file to which the error is written, as JSON.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


def main() -> None:
    """Run the program that the arguments name."""
    record, *arguments = sys.argv[1:]
    folder = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        if arguments[0] == "-m":
            _run_module(arguments)
        else:
            _run_script(arguments)
    except SystemExit:
        raise
    except BaseException:
        # Only now, so that the program finds and sets the hook as it would without us.
        sys.excepthook = _hook(record, folder)
        raise


def _run_module(arguments: list[str]) -> None:
    import runpy

    sys.argv = ["-m", *arguments[2:]]
    _set_first_folder(os.getcwd())
    _new_main()
    # What `python -m` calls, in all versions; `run_module` would take `__main__` away again at its end.
    vars(runpy)["_run_module_as_main"](arguments[1])


def _run_script(arguments: list[str]) -> None:
    import io
    from importlib.machinery import SourceFileLoader

    sys.argv = arguments
    script = arguments[0]
    _set_first_folder(os.path.dirname(os.path.realpath(script)))
    path = os.path.join(os.getcwd(), script) if sys.version_info >= (3, 9) else script
    names = _new_main()
    names.update(__file__=path, __loader__=SourceFileLoader("__main__", path))
    with io.open_code(path) as file:
        source = file.read()
    exec(compile(source, path, "exec", dont_inherit=True), names)


def _set_first_folder(folder: str) -> None:
    if not getattr(sys.flags, "safe_path", False) and not sys.flags.isolated:
        sys.path[0] = folder


def _new_main() -> dict[str, object]:
    """Replace `__main__` by a module that has only what the interpreter gives it; return its names."""
    ours = vars(sys.modules["__main__"])
    module = type(sys)("__main__")
    vars(module).update({name: value for name, value in ours.items() if name[:2] == name[-2:] == "__"})
    module.__doc__ = None
    vars(module).update({name: {} for name in ("__annotations__",) if name in ours})
    sys.modules["__main__"] = module
    return vars(module)


def _hook(record: str, folder: str) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return the hook for an uncaught exception: the program's own gets it without our places, and it is recorded."""
    shown = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
            trace = trace.tb_next
        error = error.with_traceback(trace)
        shown(kind, error, trace)
        if not isinstance(error, Exception):
            return
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


if __name__ == "__main__":
    main()
