"""Use what a failed program knew: the names that it had, as suggestions of what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA, Indel

_MOST = 3
_MIN_LIKENESS = 0.72
_QUOTED = re.compile(r"'(\w[^'\n]*)'(?!.*')")
_SUGGESTED = re.compile(r"\bdid you mean\b", re.IGNORECASE)


def suggesting(message: str, names: Sequence[str]) -> str:
    """Return a program's message with the names that are near to the last one that it quotes, as interpreters suggest
    them: `KeyError: 'pric'. Did you mean 'price'?`. `names` are those that the program could have used, keys as Python
    writes them."""
    quoted = _QUOTED.search(message.partition("\n")[0])
    if quoted is None or _SUGGESTED.search(message):
        return message
    plain = dict.fromkeys(name.strip("'\"") for name in names)
    near = sorted((name for name in plain if _is_near(quoted[1], name)), key=lambda name: _order(quoted[1], name))
    return f"{message}. Did you mean {' or '.join(map(repr, near[:_MOST]))}?" if near else message


def _is_near(name: str, other: str) -> bool:
    if name == other:
        return False
    likeness = Indel.normalized_similarity(name.lower(), other.lower())
    return likeness >= _MIN_LIKENESS or OSA.distance(name.lower(), other.lower()) <= 1


def _order(name: str, other: str) -> tuple[int, float]:
    return OSA.distance(name.lower(), other.lower()), -Indel.normalized_similarity(name, other)
