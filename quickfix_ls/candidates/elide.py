"""Shorten source code for titles: on one line, with an ellipsis."""

from __future__ import annotations

_MAX_LENGTH = 40


def beginning(text: str, max_length: int = _MAX_LENGTH) -> str:
    """Return the text on one line, cut at its end with an ellipsis if it is longer than `max_length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def ending(text: str, max_length: int = _MAX_LENGTH) -> str:
    """Return the text on one line, cut at its start with an ellipsis if it is longer than `max_length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= max_length else "…" + line[1 - max_length :].lstrip()
