"""The names that Python code commonly uses for attributes, methods and arguments."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

DATA = Path(__file__).resolve().parent / "vocabulary.txt"
"""The shipped list, written by `training.vocabulary`, which documents its content."""


def is_word(name: str) -> bool:
    """Return whether code of the corpus uses the name for a member or an argument."""
    return name in vocabulary()


def unknown_words(name: str) -> int:
    """Return how many words of a name code of the corpus does not use."""
    return sum(not is_word(word.lower()) for word in _WORDS.findall(name) if len(word) > 2)


@cache
def vocabulary() -> frozenset[str]:
    """Return all such names; none if the list can't be read. It is read at the first call, in milliseconds."""
    try:
        lines = DATA.read_text(encoding="utf-8").splitlines()
    except OSError:
        return frozenset()
    return frozenset(line for line in lines if not line.startswith("#"))
