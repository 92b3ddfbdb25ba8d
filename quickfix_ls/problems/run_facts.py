"""Use what a failed program knew: the names that it had, as hints of what was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA, Indel

from quickfix_ls.values import Problem

_MOST = 3
_MIN_LIKENESS = 0.72


def hinted(problem: Problem, names: Sequence[str]) -> Problem:
    """Return a problem with the names that are near to the one at fault as hints, the nearest first. `names` are those
    that the program could have used, keys as Python writes them."""
    if not problem.name:
        return problem
    plain = dict.fromkeys(name.strip("'\"") for name in names)
    near = sorted((name for name in plain if _is_near(problem.name, name)), key=lambda name: _order(problem.name, name))
    return replace(problem, hints=tuple(dict.fromkeys((*problem.hints, *near[:_MOST]))))


def _is_near(name: str, other: str) -> bool:
    if name == other:
        return False
    likeness = Indel.normalized_similarity(name.lower(), other.lower())
    return likeness >= _MIN_LIKENESS or OSA.distance(name.lower(), other.lower()) <= 1


def _order(name: str, other: str) -> tuple[int, float]:
    return OSA.distance(name.lower(), other.lower()), -Indel.normalized_similarity(name, other)
