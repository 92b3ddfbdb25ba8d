"""Syntax check of source text with CPython's own compiler, the authority that every repair has to satisfy."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from functools import lru_cache

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.python.older_versions import is_accepted, older_fault
from quickfix_ls.values import Span

Version = tuple[int, int]
HERE: Version = sys.version_info[:2]

_FILE = "<unit>"
"""The name of every text for the compiler."""

_LONE_RETURN = re.compile(r"\r(?!\n)")

# Constructs that an older compiler can't check, as (first version that has it, pattern).
_NEWER = (
    (
        (3, 12),
        re.compile(r"^[ \t]*type[ \t]+\w+[ \t]*(?:\[|=)|\b(?:def|class)[ \t]+\w+[ \t]*\[|[fF][rR]?[\"'].*\{", re.M),
    ),
    ((3, 13), re.compile(r"\b(?:def|class|type)[ \t]+\w+[ \t]*\[[^\]]*=", re.M)),
    ((3, 14), re.compile(r"\b[tT][rR]?[\"']|^[ \t]*except\*?[ \t]+[\w.]+[ \t]*,[^:\n]*:", re.M)),
)


def compile_check(
    text: str, prefix: str = "", suffix: str = "", target: Version = HERE, notebook: bool = False
) -> SyntaxFault | None:
    """Return the first syntax error of `prefix + text + suffix`, or None if it compiles. Never raises.

    `prefix` and `suffix` are whole lines that represent the code around a unit; an error in them is reported at the
    nearest edge of `text`. `target` is the Python version that the code is written for: for an older version, the
    parser checks its grammar; constructs that are newer than this interpreter are not reported (None). In a `notebook`,
    `await` is allowed outside of functions.
    """
    fault = _compile(prefix + text + suffix, target, notebook)
    if fault is None or (target > HERE and _is_newer(text, target)):
        return None
    start = min(max(fault.span.start - len(prefix), 0), len(text))
    end = min(max(fault.span.end - len(prefix), start), len(text))
    return SyntaxFault(fault.message, fault.code, Span(start, end))


@lru_cache(maxsize=512)
def _compile(source: str, target: Version, notebook: bool) -> SyntaxFault | None:
    try:
        _ignore_warnings()
        if target < HERE:
            _parse_as(source, target)
        compile(source, _FILE, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT if notebook else 0, dont_inherit=True)
    except SyntaxError as error:
        return SyntaxFault(error.msg or "invalid syntax", type(error).__name__, _span(source, error))
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        return SyntaxFault(str(error) or type(error).__name__, type(error).__name__, Span(0, 0))
    return older_fault(source, target) if target < HERE else None


def _parse_as(source: str, target: Version) -> None:
    """Raise the error that the source has by the grammar of an older version, as far as this parser knows it."""
    try:
        ast.parse(source, _FILE, feature_version=target)
    except SyntaxError as error:
        # CPython takes every tuple after `with` for context managers in parentheses, which are new in 3.9.
        is_tuple = "Parenthesized context managers" in str(error.msg)
        if not (is_tuple and is_accepted(source, _span(source, error), target)):
            raise


def _ignore_warnings() -> None:
    """Have the compiler's warnings about our texts ignored, by a filter for them alone, which is put in again if it is
    no longer the first. `warnings.catch_warnings` around each call would take a tenth of its time."""
    first = warnings.filters[0] if warnings.filters else None
    if first is None or getattr(first[3], "pattern", None) != _FILE:
        warnings.filterwarnings("ignore", module=_FILE)


def _span(source: str, error: SyntaxError) -> Span:
    text = _LONE_RETURN.sub("\n", source) if "\r" in source else source
    first, last = error.lineno, error.end_lineno or 0
    start_of_line = _line_start(text, first)
    start = _offset(text, start_of_line, first, error.offset)
    end_of_line = start_of_line if last == first else _line_start(text, last)
    return Span(start, max(start, _offset(text, end_of_line, last, error.end_offset)))


def _line_start(text: str, number: int | None) -> int:
    """Return the offset of a 1-based line; CPython may omit the number, or report a line past the end."""
    start = 0
    for _ in range((number or 1) - 1):
        end = text.find("\n", start)
        if end < 0:
            break
        start = end + 1
    return start


def _offset(text: str, start: int, number: int | None, column: int | None) -> int:
    """Return the offset of a 1-based column in the line that begins at `start`; CPython may omit it, too."""
    if number == 0:
        return 0
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else None].rstrip("\r")
    return start + min(max((column or 1) - 1, 0), len(line))


def _is_newer(text: str, target: Version) -> bool:
    return any(HERE < since <= target and pattern.search(text) for since, pattern in _NEWER)
