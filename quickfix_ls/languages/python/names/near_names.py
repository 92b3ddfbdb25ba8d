"""Near names: which of those that exist is meant by one that does not."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import OSA

# What other languages, and Python 2, call the methods of the builtin types.
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
"""What two swapped letters cost, since fingers swap letters more often than they miss them."""


def nearest(name: str, names: Iterable[str], most: int = 8) -> list[str]:
    """The names that `name` is clearly a slip for, the likeliest first: the same letters but for upper and lower
    case and underscores, or one edit away (two from nine letters on), swapped neighbours being one."""
    found: list[tuple[float, str]] = []
    for one in names:
        cost = _cost(name, one)
        if cost is not None:
            found.append((cost, one))
    return [one for _, one in sorted(found)[:most]]


def nearest_method(name: str, names: Iterable[str], most: int = 8) -> list[str]:
    """The same, and what another language calls so."""
    known = frozenset(names)
    foreign = [one for one in _ELSEWHERE.get(name, ()) if one in known and not one.startswith("__")]
    return list(dict.fromkeys([*foreign, *nearest(name, known, most)]))[:most]


def is_foreign(name: str, names: Iterable[str]) -> bool:
    """Whether another language calls something so that one of these names does, be it by an operator or `len`."""
    return not frozenset(_ELSEWHERE.get(name, ())).isdisjoint(names)


def is_mistyped(wrong: str, right: str, shortest: int = 5) -> bool:
    """Whether one word can hardly be anything but the other one typed too fast: two neighbours are swapped, or a
    letter within it is missing or doubled. Words that differ by an ending, or by another letter, are often both meant,
    and so are those of fewer than `shortest` letters.
    """
    if len(wrong) < shortest or wrong[0] != right[0] or wrong[-1] != right[-1] or OSA.distance(wrong, right) != 1:
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
