"""The names of the first parameter of methods, and how they are misspelt."""

from __future__ import annotations

from rapidfuzz.distance import OSA

INSTANCES = frozenset({"self", "cls"})
_MOST = 2


def is_misspelt_instance(name: str) -> bool:
    """Return whether a parameter is called `self` by mistake in another spelling: `slef`, `sefl`, `Self`."""
    if name in INSTANCES or len(name) < 3:
        return False
    return OSA.distance(name.lower(), "self") <= (_MOST if sorted(name.lower()) == sorted("self") else 1)
