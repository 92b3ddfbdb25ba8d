"""Code as titles show it: on one line, and short."""

from __future__ import annotations

_LONGEST = 40


def beginning(text: str, longest: int = _LONGEST) -> str:
    """A text from its start, cut with an ellipsis where it is longer than `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def ending(text: str, longest: int = _LONGEST) -> str:
    """A text up to its end, cut in front."""
    line = " ".join(text.split())
    return line if len(line) <= longest else "…" + line[1 - longest :].lstrip()
