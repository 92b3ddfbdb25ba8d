"""Make a record of an exception in the program that raised it."""

from __future__ import annotations

import linecache
import os
import sys
import traceback
from types import TracebackType

from quickfix_ls.runs.facts import facts_of
from quickfix_ls.runs.record import Frame, RunError

_MOST_FRAMES = 100
_MOST_LINES = 20


def captured(error: BaseException, skipped: int = 0) -> RunError:
    """Return the record of an exception, without its `skipped` outermost frames. Never raises for an exception of any
    sort."""
    trace = error.__traceback__
    for _ in range(skipped):
        trace = trace.tb_next if trace is not None else None
    frames = [_frame(item) for item in _last(trace)]
    innermost = _own(trace)
    names = {**innermost.tb_frame.f_globals, **innermost.tb_frame.f_locals} if innermost is not None else {}
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        frames.append(
            Frame(error.filename, error.lineno, text=(error.text or "").strip(), column=(error.offset or 1) - 1)
        )
    line = _text(innermost) if innermost is not None else ""
    return RunError(kind, _message(error), tuple(frames), facts_of(error, names, line))


def _message(error: BaseException) -> str:
    """Return what an exception says, with the suggestion that the interpreter would add to it."""
    try:
        lines = traceback.format_exception_only(type(error), error)
    except Exception:
        return ""
    last = next((line for line in reversed(lines) if not line.startswith(" ")), "")
    return last.partition(": ")[2].rstrip("\n")


def _last(trace: TracebackType | None) -> list[TracebackType]:
    found: list[TracebackType] = []
    while trace is not None:
        found.append(trace)
        trace = trace.tb_next
    return found[-_MOST_FRAMES:]


def _own(trace: TracebackType | None) -> TracebackType | None:
    """Return the innermost place outside of installed packages and the standard library; the innermost of all if there
    is none."""
    last = _last(trace)
    own = [item for item in last if not _is_installed(item.tb_frame.f_code.co_filename)]
    return (own or last)[-1] if last else None


def _is_installed(path: str) -> bool:
    is_installed = any(part in ("site-packages", "dist-packages") for part in path.replace("\\", "/").split("/"))
    return is_installed or path.startswith(("<frozen", os.path.dirname(os.__file__) + os.sep))


def _text(trace: TracebackType) -> str:
    """Return the source of the statement at a place, as far as it is known."""
    code = trace.tb_frame.f_code
    line = trace.tb_lineno
    last = line
    if sys.version_info >= (3, 11):
        last = max((end for start, end, *_ in code.co_positions() if start == line and end), default=line)
    numbers = range(line, min(last, line + _MOST_LINES) + 1)
    return "".join(linecache.getline(code.co_filename, number, trace.tb_frame.f_globals) for number in numbers)


def _frame(trace: TracebackType) -> Frame:
    code, line = trace.tb_frame.f_code, trace.tb_lineno
    text = linecache.getline(code.co_filename, line, trace.tb_frame.f_globals)
    end_line, column, end_column = _position(trace, text)
    return Frame(code.co_filename, line, code.co_name, text.strip(), end_line or line, column, end_column)


def _position(trace: TracebackType, text: str) -> tuple[int, int, int]:
    """Return the last line, the first and the last column of the failing expression (PEP 657, since 3.11)."""
    if sys.version_info < (3, 11):
        return 0, -1, -1
    positions = list(trace.tb_frame.f_code.co_positions())
    index = trace.tb_lasti // 2
    if not 0 <= index < len(positions):
        return 0, -1, -1
    first, last, start, end = positions[index]
    if first is None or last is None or start is None or end is None or first != trace.tb_lineno:
        return 0, -1, -1
    data = text.encode("utf-8")
    column = len(data[:start].decode("utf-8", "replace"))
    return last, column, len(data[:end].decode("utf-8", "replace")) if first == last else -1
