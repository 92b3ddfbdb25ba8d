"""Quote pieces of code in titles, each word for word: of a long piece its beginning and its end."""

from __future__ import annotations

_MAX_LENGTH = 34


def quoted(code: str, max_length: int = _MAX_LENGTH) -> str:
    """Return a piece of code in backticks: of a long one, or one of several lines, the beginning and the end, each in
    backticks of its own, so that all that stands between two backticks is found in the code."""
    lines = [line.strip() for line in code.strip().split("\n")]
    first, last = _without_backticks(lines[0]), _without_backticks(lines[-1])
    if not first:
        return "a backtick" if "`" in code else "white space"
    if len(lines) == 1 and len(first) <= max_length:
        return f"`{first}`"
    half = max_length // 2 - 1
    if len(lines) > 1 and last and len(first) + len(last) <= max_length:
        return f"`{first}` … `{last}`"
    return f"`{_beginning(first, half)}` … `{_end(last or first, half)}`"


def _without_backticks(code: str) -> str:
    """Return the longest part of a line that has no backtick."""
    return max((part.strip() for part in code.split("`")), key=len)


def _beginning(code: str, length: int) -> str:
    return code[:length].rstrip()


def _end(code: str, length: int) -> str:
    return code[-length:].lstrip()
