"""The words that Python code calls attributes, methods and arguments: whether people use a name at all."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "vocabulary.txt"
"""The shipped list, made by `training.vocabulary`, which says what is in it."""


def is_word(name: str) -> bool:
    """Whether code that we know uses the name for something."""
    return name in vocabulary()


@cache
def vocabulary() -> frozenset[str]:
    """All of them; none where the list can't be read. Read when it is first asked for, in milliseconds."""
    try:
        lines = DATA.read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if not line.startswith("#"))
