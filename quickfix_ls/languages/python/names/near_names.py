"""Similar names: which existing name is meant by one that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

# Names of other languages, and of Python 2, for methods of builtin types.
_ELSEWHERE = {
    "add": ("append",), "append": ("add", "__add__"), "addAll": ("extend", "update"), "concat": ("join",),
    "contains": ("__contains__",),
    "delete": ("remove", "discard", "pop"), "each": ("__iter__",), "has_key": ("__contains__",),
    "iteritems": ("items",), "iterkeys": ("keys",), "itervalues": ("values",), "length": ("__len__",),
    "push": ("append",), "push_back": ("append",), "put": ("setdefault", "update"), "size": ("__len__",),
    "substring": ("__getitem__",), "toLowerCase": ("lower",), "toUpperCase": ("upper",), "trim": ("strip",),
    "trimEnd": ("rstrip",), "trimStart": ("lstrip",), "unshift": ("insert",), "viewitems": ("items",),
    "viewkeys": ("keys",), "viewvalues": ("values",), "indexOf": ("index", "find"), "charAt": ("__getitem__",),
    "replaceAll": ("replace",), "includes": ("__contains__",), "forEach": ("__iter__",),
}  # fmt: skip


_SWAPPED = 0.75
"""The cost of two swapped letters: less than an edit, since they are the more frequent typing error."""


def nearest(name: str, names: Iterable[str], limit: int = 8) -> list[str]:
    """Return the names that `name` is clearly a misspelling of, the likeliest first, at most `limit`: those with the
    same letters except for case and underscores, or one edit away (two for names of nine letters and more), where two
    swapped neighbours are one edit."""
    found: list[tuple[float, str]] = []
    for other in names:
        cost = _cost(name, other)
        if cost is not None:
            found.append((cost, other))
    return [other for _, other in sorted(found)[:limit]]


def nearest_method(name: str, names: Iterable[str], limit: int = 8) -> list[str]:
    """Return the same, preceded by the methods that another language calls `name`."""
    known = frozenset(names)
    foreign = [method for method in _ELSEWHERE.get(name, ()) if method in known and not method.startswith("__")]
    return list(dict.fromkeys([*foreign, *nearest(name, known, limit)]))[:limit]


def is_foreign(name: str, names: Iterable[str]) -> bool:
    """Return whether another language uses this name for the purpose of one of `names`, including operators and
    `len`."""
    return not frozenset(_ELSEWHERE.get(name, ())).isdisjoint(names)


def is_mistyped(wrong: str, right: str, min_length: int = 5) -> bool:
    """Return whether one word is almost certainly a typing error for the other: two neighbouring letters are swapped,
    or an inner letter is missing or doubled. Words that differ in their ending, or in another letter, are often both
    intended, and so are those of fewer than `min_length` letters."""
    if len(wrong) < min_length or wrong[0] != right[0] or wrong[-1] != right[-1] or OSA.distance(wrong, right) != 1:
        return False
    if len(wrong) == len(right):
        return sorted(wrong) == sorted(right)
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    at = next(i for i in range(1, len(longer)) if longer[:i] + longer[i + 1 :] == shorter)
    return longer is right or longer[at] in (longer[at - 1], longer[at + 1])


def _cost(wrong: str, right: str) -> float | None:
    if wrong == right or len(wrong) < 2 or len(right) < 2 or (len(wrong) == 2 and wrong[0] != right[0]):
        return None
    if right.startswith("__") and not wrong.startswith("_"):
        return None
    if wrong.replace("_", "").lower() == right.replace("_", "").lower():
        return 0.5
    limit = 1 if len(wrong) < 9 else 2
    distance = OSA.distance(wrong, right, score_cutoff=limit)
    if distance == 1 and sorted(wrong) == sorted(right):
        return _SWAPPED
    return float(distance) if distance <= limit else None
