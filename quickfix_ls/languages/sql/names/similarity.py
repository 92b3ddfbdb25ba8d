"""How near two names of tables or columns are: by their letters, and by their words and abbreviations."""

from __future__ import annotations

import heapq
import re
from collections.abc import Collection
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_MIN_PREFIX = 2
_MANY, _LIKELY = 500, 100


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: those between underscores and spaces, and those of camel case."""
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(maxsize=65536)
def similarity(name: str, other: str) -> float:
    """Return how near two names are, from 0 to 1: the better of the likeness of their letters, without regard to case
    and signs between words, and that of their words in any order."""
    if name.lower() == other.lower():
        return 1.0
    one, two = ("".join(words_of(n)) or n.lower() for n in (name, other))
    letters = Indel.normalized_similarity(one, two)
    return max(letters, 0.98 * word_likeness(name, other))


@lru_cache(maxsize=65536)
def word_likeness(name: str, other: str) -> float:
    """Return how well the words of two names match, from 0 to 1: twice the sum of the matches by the number of
    words."""
    one, two = list(words_of(name)), list(words_of(other))
    if not one or not two:
        return 0.0
    if len(one) > len(two):
        one, two = two, one
    total, left = 0.0, list(two)
    for word in one:
        best = max(left, key=lambda candidate: _likeness(word, candidate), default=None)
        if best is not None and (likeness := _likeness(word, best)) > 0.6:
            total += likeness
            left.remove(best)
    return 2 * total / (len(one) + len(two))


def likely(name: str, others: Collection[str]) -> Collection[str]:
    """Return the names that may be near to another one: all, or of very many those with the likest letters."""
    if len(others) <= _MANY:
        return others
    low = name.lower()
    return heapq.nlargest(_LIKELY, others, key=lambda other: Indel.normalized_similarity(low, other.lower()))


def distance(name: str, other: str) -> int:
    """Return the number of typing errors between two names in lower case (OSA distance)."""
    return OSA.distance(name.lower(), other.lower())


@lru_cache(maxsize=65536)
def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    short, long = sorted((word, other), key=len)
    if len(short) >= _MIN_PREFIX and (long.startswith(short) or _abbreviates(short, long)):
        return 0.75 + 0.2 * len(short) / len(long)
    return Indel.normalized_similarity(word, other)


def _abbreviates(short: str, long: str) -> bool:
    """Return whether a word has the first letter of another one and some of its letters in order: `qty`, `nm`."""
    if short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
