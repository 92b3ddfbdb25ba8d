"""Make a record of an exception in the program that raised it."""

from __future__ import annotations

import linecache
import sys
import traceback
from types import TracebackType

from quickfix_ls.runs.facts import facts_of
from quickfix_ls.runs.record import Frame, RunError

_MOST_FRAMES = 100


def captured(error: BaseException, skipped: int = 0) -> RunError:
    """Return the record of an exception, without its `skipped` outermost frames. Never raises for an exception of any
    sort."""
    trace = error.__traceback__
    for _ in range(skipped):
        trace = trace.tb_next if trace is not None else None
    frames = [_frame(item) for item in _last(trace)]
    innermost = _innermost(trace)
    names = {**innermost.tb_frame.f_globals, **innermost.tb_frame.f_locals} if innermost is not None else {}
    kind = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        frames.append(
            Frame(error.filename, error.lineno, text=(error.text or "").strip(), column=(error.offset or 1) - 1)
        )
    line = frames[-1].text if frames else ""
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


def _innermost(trace: TracebackType | None) -> TracebackType | None:
    last = _last(trace)
    return last[-1] if last else None


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
