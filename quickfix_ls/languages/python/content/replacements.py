"""Which removed units of content are kept in another form: respelt, renamed, joined, split, or translated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA, Levenshtein

from quickfix_ls.languages.python.content.units import Unit

_MIN_SIMILARITY = 0.6
_TELLING = frozenset(
    {"return", "yield", "async", "await", "global", "nonlocal", "lambda", "raise", "del", "assert", "not"}
)
"""Keywords that no other one replaces, but for those in _EXCHANGED."""
_EXCHANGED = frozenset({("await", "async"), ("global", "nonlocal"), ("nonlocal", "global")})
_TRANSLATED = {
    "def": {"function", "func", "fn", "fun", "sub", "proc", "method"},
    "except": {"catch", "rescue"},
    "raise": {"throw"},
    "match": {"switch"},
    "_": {"default", "otherwise", "else"},
    "None": {"null", "nil", "NULL", "nullptr", "undefined"},
    "True": {"yes", "on"},
    "False": {"no", "off"},
    "for": {"foreach"},
    "if": {"unless", "when", "where"},
    "in": {"has_key", "of", "contains", "includes"},
    "lambda": {"function", "func", "fn"},
    "self": {"this"},
    "import": {"include", "using", "require", "use"},
    "print": {"echo", "puts", "cout", "console", "printf", "println"},
    "len": {"length", "size", "count"},
    "join": {"implode"},
    "run": {"await"},
}
"""The Python word for words of other languages, or of other places, where neither is like the other."""


def unreplaced(
    before: Sequence[Unit], after: Sequence[Unit], deleted: Sequence[tuple[int, int]], *, is_proven: bool
) -> list[Unit]:
    """Return the units of `before` that `after` has in no form, in their order.

    `deleted` are the spans of the old text that edits replace; of equal units, one in these is gone. A unit that only
    moves is kept. Of the others, those that stand at the same place in both rows are compared: a unit
    is kept if they have the same letters and digits, or if a unit that is new replaces it. If
    the change is about a name that `is_proven` wrong, its parts may be replaced by others at another place too, and
    its qualifier may go.
    """
    gone = Counter(unit.key for unit in before)
    gone.subtract(unit.key for unit in after)
    come = Counter({key: -count for key, count in gone.items() if count < 0})
    gone = +gone
    if not gone:
        return []
    lost: list[tuple[Unit, bool]] = []
    spare: list[Unit] = []
    renamed: set[str] = set()
    for removed, added in _blocks(before, after, gone, come, deleted):
        if sorted(_joined(removed)) == sorted(_joined(added)):
            continue
        left, pairs = _paired(removed, added)
        renamed.update(old.key for old, _ in pairs)
        taken = {id(new) for _, new in pairs}
        spare += [unit for unit in added if id(unit) not in taken]
        lost += [(unit, bool(added)) for unit in left]
    remaining: list[Unit] = []
    for unit, is_replaced in lost:
        # A parameter that is renamed at each of its uses may have become a part of one expression at one of them.
        if is_replaced and unit.key in renamed:
            continue
        moved = next((new for new in spare if _may_stand_for(unit, new, is_proven)), None)
        if moved is None:
            remaining.append(unit)
        else:
            spare.remove(moved)
    return [unit for unit in remaining if not _is_qualifier(unit, before)] if is_proven else remaining


def _may_stand_for(old: Unit, new: Unit, is_proven: bool) -> bool:
    """Return whether a unit at another place is a form of a removed one."""
    if _is_respelt(old, new) or (old.kind == new.kind == "keyword" and old.key not in _TELLING):
        return True
    return is_proven and old.kind == new.kind == "name"


def _is_qualifier(unit: Unit, before: Sequence[Unit]) -> bool:
    """Return whether a unit is a name with an attribute behind it; `self` is none, since it tells what is meant."""
    follows = any(other.kind == "name" and other.token == unit.token + 2 for other in before)
    return unit.kind == "name" and unit.key not in ("self", "cls") and follows


def _is_respelt(old: Unit, new: Unit) -> bool:
    """Return whether a unit is another one spelt better, or the same in Python's words."""
    return _is_alike(old.key, new.key)


@lru_cache(maxsize=8192)
def _is_alike(old: str, new: str) -> bool:
    if old in _TRANSLATED.get(new, ()):
        return True
    plain, wanted = old.lower().strip("_"), new.lower().strip("_")
    if plain == wanted:
        return True
    if plain.isdecimal() and wanted.isdecimal():
        return int(plain) == int(wanted)
    if min(len(plain), len(wanted)) < 2:
        return False
    is_near = OSA.normalized_similarity(plain, wanted) >= _MIN_SIMILARITY or OSA.distance(plain, wanted) <= 1
    return is_near or plain in wanted or wanted in plain


def _blocks(
    before: Sequence[Unit],
    after: Sequence[Unit],
    gone: Counter[str],
    come: Counter[str],
    deleted: Sequence[tuple[int, int]],
) -> list[tuple[list[Unit], list[Unit]]]:
    """Align two rows; return the units that are gone and those that are new, place by place."""
    steps = Levenshtein.opcodes([unit.key for unit in before], [unit.key for unit in after])
    apart = [step for step in steps if step.tag != "equal"]
    removed = {place for step in apart for place in range(step.src_start, step.src_end)}
    added = {place for step in apart for place in range(step.dest_start, step.dest_end)}

    def likely(place: int) -> tuple[bool, bool]:
        unit = before[place]
        return not any(start < unit.end and unit.start < end for start, end in deleted), place not in removed

    lost = _chosen(before, sorted(range(len(before)), key=likely), gone)
    new = _chosen(after, sorted(range(len(after)), key=lambda place: place not in added), come)
    blocks: list[tuple[list[Unit], list[Unit]]] = []
    is_open = False
    for step in steps:
        if step.tag != "equal" and not is_open:
            blocks.append(([], []))
        is_open = step.tag != "equal"
        if is_open:
            blocks[-1][0].extend(before[place] for place in range(step.src_start, step.src_end) if place in lost)
            blocks[-1][1].extend(after[place] for place in range(step.dest_start, step.dest_end) if place in new)
    # Where units move, the alignment may remove another one of equal ones than the change did.
    rest = [before[place] for place in sorted(lost - removed)], [after[place] for place in sorted(new - added)]
    return [*blocks, rest] if any(rest) else blocks


def _chosen(units: Sequence[Unit], places: Sequence[int], wanted: Counter[str]) -> set[int]:
    """Return the first of the places whose units are wanted, for each key as many as are wanted."""
    left = wanted.copy()
    chosen = set()
    for place in places:
        if left[units[place].key] > 0:
            left[units[place].key] -= 1
            chosen.add(place)
    return chosen


def _joined(units: Sequence[Unit]) -> str:
    return "".join("elseif" if unit.key == "elif" else unit.key for unit in units).replace("_", "").lower()


def _paired(removed: Sequence[Unit], added: Sequence[Unit]) -> tuple[list[Unit], list[tuple[Unit, Unit]]]:
    """Pair the units of one place, those that are alike first; return the removed ones without a partner, and the
    pairs."""
    left, free = list(removed), list(added)
    pairs: list[tuple[Unit, Unit]] = []
    for fits in (_is_respelt, _may_replace):
        for old in list(left):
            new = next((new for new in free if fits(old, new)), None)
            if new is not None:
                left.remove(old)
                free.remove(new)
                pairs.append((old, new))
    return ([] if pairs and _is_dotted(removed) else left), pairs


def _may_replace(old: Unit, new: Unit) -> bool:
    """Return whether a unit at the same place may be meant in place of another that is unlike it."""
    if old.kind == "keyword":
        return new.kind == "keyword" and (old.key not in _TELLING or (old.key, new.key) in _EXCHANGED)
    if old.kind in ("text", "comment"):
        return old.kind == new.kind == "comment"
    return new.kind in ("name", "number", "text") or (new.kind == "keyword" and old.connects)


def _is_dotted(units: Sequence[Unit]) -> bool:
    """Return whether units are the names of one dotted expression, whose place another expression may take."""
    ordered = sorted(units, key=lambda unit: unit.start)
    names = all(unit.kind == "name" for unit in ordered)
    return names and all(right.token - left.token == 2 for left, right in pairwise(ordered))
