"""The names that stand in a query for what a program or a template puts there, of which nothing is known."""

from __future__ import annotations

import re

_MARK = "qfls_any"


def placeholder(number: int) -> str:
    """Return the name that stands for the hole with a number."""
    return f"{_MARK}{number}"


def is_unknown(text: str) -> bool:
    """Return whether a placeholder is part of a name or of a text."""
    return _MARK in text.lower()


def placeholders_in(text: str) -> list[str]:
    """Return the placeholders in a text, in its order."""
    return _PLACEHOLDER.findall(text) if _MARK in text else []


_PLACEHOLDER = re.compile(rf"{_MARK}\d+")
