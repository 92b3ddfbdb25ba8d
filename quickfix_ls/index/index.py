"""The index of one snapshot, unit by unit. The facts about a unit depend on its text only and survive edits of others.

A unit is a run of lines that can be parsed by itself, usually a top-level statement or a method.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.language_parts import LanguageParts
from quickfix_ls.index.seams import Seams, between, moved_seams, tidy
from quickfix_ls.index.syntax import FactsPart, Summary, Syntax, SyntaxFault, UnitFacts, UnitStart
from quickfix_ls.values import Edit, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Region:
    """A run of whole units: the source text that a repair may change.

    `start` is its offset in the document; `prefix` and `suffix` are placeholder lines for the enclosing definitions, so
    that `prefix + text + suffix` can be parsed by itself.
    """

    text: str
    start: int
    prefix: str = ""
    suffix: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def with_text(self, text: str) -> Region:
        return Region(text, self.start, self.prefix, self.suffix)


class Index:
    """The facts about one snapshot, computed lazily, and updated from the previous index at the cost of one edit.

    Treat it as immutable; its caches depend only on the snapshot, its language and its environment.
    """

    def __init__(self, snapshot: Snapshot, language: LanguageParts, environment: object, seams: Seams = ()) -> None:
        """Split a snapshot into units; `seams` are the offsets where the text of each document but the first begins."""
        self.snapshot = snapshot
        self.seams = seams
        self.language = language
        self.environment = environment
        self._syntax = language.part(Syntax)
        splitter = self._syntax.split(snapshot.text, 0, (), seams)
        self.cuts = list(splitter)
        self._open_string = splitter.open_string
        self._known: list[UnitFacts | None] = [None] * len(self.cuts)
        self._summary: Summary | None = None
        self._outdated: _Outdated | None = None
        self._derived: dict[Callable[[Index], Any], Any] = {}

    def edited(self, edit: Edit, version: int | None, seams: Seams | None = None) -> Index:
        """Return the index after one edit. Raises ValueError if the edit lies outside of the text.

        `seams` are those of the text after the edit, None if they are to be derived from the present ones; they may
        differ from the derived ones only within the inserted text and at its ends.
        """
        snapshot = self.snapshot.edited(edit, version)
        if seams is None:
            seams = tidy(moved_seams(self.seams, edit), len(snapshot.text)) if self.seams else ()
        if self._open_string:
            return Index(snapshot, self.language, self.environment, seams)
        after = object.__new__(Index)
        after.snapshot, after.language, after.environment = snapshot, self.language, self.environment
        after._syntax, after.seams = self._syntax, seams
        after._recut(self, edit)
        after._derived = {}
        return after

    def after(self, edits: Iterable[Edit]) -> Index:
        """Return the index after several edits, with the same version; the last few results are cached.

        All edits refer to the present text and must not overlap. Raises ValueError as `edited` does.
        """
        return _after(self, tuple(sorted(edits, reverse=True)))

    def derived(self, function: Callable[[Index], T]) -> T:
        """Return `function(self)`, computed once and cached."""
        if function not in self._derived:
            self._derived[function] = function(self)
        found: T = self._derived[function]
        return found

    @property
    def open_string(self) -> bool:
        """True if a string is not closed, which may turn the units below it inside out; see `UnitStarts`."""
        return self._open_string

    # -- units -------------------------------------------------------------------------------------------------

    def unit_at(self, offset: int) -> int:
        """Return the number of the unit that holds an offset."""
        return max(0, bisect_right(self.cuts, offset, key=_start) - 1)

    def region(self, first: int, last: int | None = None) -> Region:
        """Return the units from `first` to `last` (inclusive; `first` alone if None) as one region."""
        last = first if last is None else last
        start = self.cuts[first].start
        end = self.cuts[last + 1].start if last + 1 < len(self.cuts) else len(self.snapshot.text)
        prefix, _ = self._frame(first)
        _, suffix = self._frame(last)
        return Region(self.snapshot.text[start:end], start, prefix, suffix)

    def joined(self, unit: int) -> tuple[int, int]:
        """Return the first and last unit of the document that holds `unit`, in a text joined from several."""
        if not self.seams:
            return 0, len(self.cuts) - 1
        around = self.around(unit)
        return self.unit_at(around.start), self.unit_at(max(around.start, around.end - 1))

    def around(self, unit: int) -> Span:
        """Return the span between the seams on either side of a unit; the whole text if there are no seams."""
        return between(self.seams, self.cuts[unit].start, len(self.snapshot.text))

    def fault(self, region: Region) -> SyntaxFault | None:
        """Return the first syntax error of a region of this file, edited or not; None if it is well formed.

        The fault's span is relative to the region.
        """
        return self._syntax.fault(region.text, region.prefix, region.suffix, self.environment)

    def error(self, region: Region) -> SyntaxFault | None:
        """Return the first error of a region of this file: of its syntax, or else of its meaning (`Syntax.meaning`)."""
        fault, meaning = self.fault(region), self._syntax.meaning
        if fault is None and meaning is not None:
            return meaning(region.text, self.environment, self.summary)
        return fault

    def facts(self, unit: int) -> UnitFacts:
        """Return the facts about a unit; the first call for a unit's text parses it."""
        known = self._known[unit]
        if known is None:
            region = self.region(unit)
            make = self.language.part(FactsPart).facts
            known = self._known[unit] = make(region.text, region.prefix, region.suffix, self.environment)
        return known

    def unit_fault(self, unit: int) -> SyntaxFault | None:
        """Return the syntax error of a unit, as `facts` does, without the other facts about it."""
        known = self._known[unit]
        return known.fault if known is not None else self.fault(self.region(unit))

    @property
    def summary(self) -> Summary:
        """The facts of all units, combined. The first call for a file takes time linear in the file's length."""
        if self._summary is None:
            old = self._outdated
            if old is None:
                empty = self.language.part(FactsPart).empty
                self._summary = empty.changed([], [self.facts(unit) for unit in range(len(self.cuts))])
            else:
                self._summary = old.summary.changed(old.removed, [self.facts(unit) for unit in old.units])
                self._outdated = None
        return self._summary

    @property
    def indexed(self) -> bool:
        """True if the facts of all units but those around the last edits are already computed."""
        return self._summary is not None or self._outdated is not None

    # -- cutting -----------------------------------------------------------------------------------------------

    def _frame(self, unit: int) -> tuple[str, str]:
        stack = self.cuts[unit].stack
        return self._syntax.frame(stack, self.cuts[unit + 1].stack if unit + 1 < len(self.cuts) else stack)

    def _recut(self, before: Index, edit: Edit) -> None:
        """Split again from the unit before the edit up to the first unchanged unit start behind it; keep the rest."""
        shift = edit.growth
        first = max(0, before.unit_at(edit.span.start) - 1)
        splitter = self._syntax.split(
            self.snapshot.text, before.cuts[first].start, before.cuts[first].stack, self.seams
        )
        fresh: list[UnitStart] = []
        resume = len(before.cuts)
        for cut in splitter:
            old = before.unit_at(cut.start - shift)
            behind = cut.start >= edit.span.start + len(edit.text)
            if behind and old > first and before.cuts[old] == UnitStart(cut.start - shift, cut.stack):
                resume = old
                break
            fresh.append(cut)
        kept = before.cuts[resume:]
        moved = kept if not shift else [UnitStart(cut.start + shift, cut.stack) for cut in kept]
        self.cuts = before.cuts[:first] + fresh + moved
        self._open_string = splitter.open_string
        self._known = before._known[:first] + [None] * len(fresh) + before._known[resume:]
        self._summary, self._outdated = None, None
        if before._summary is not None:
            removed = [before.facts(unit) for unit in range(first, resume)]
            self._outdated = _Outdated(before._summary, removed, range(first, first + len(fresh)))
        elif before._outdated is not None:
            self._outdated = before._outdated.edited(before, first, resume, len(fresh))


@lru_cache(maxsize=2)
def _after(index: Index, edits: tuple[Edit, ...]) -> Index:
    """Return the index after edits, the last one first. Whoever applies an offer looked at the same text before."""
    version = index.snapshot.version
    for edit in edits:
        index = index.edited(edit, version)
    return index


class _Outdated(NamedTuple):
    """The `summary` of an earlier index, and what changed since: the facts `removed`, and the `units` in their place.

    Many edits are made only to look at the units that they change, and then no summary is needed.
    """

    summary: Summary
    removed: list[UnitFacts]
    units: range

    def edited(self, before: Index, first: int, resume: int, fresh: int) -> _Outdated:
        """Return it after an edit that put `fresh` units in the place of the units [first, resume) of `before`."""
        start, stop = min(first, self.units.start), max(resume, self.units.stop)
        above = [before.facts(unit) for unit in range(start, self.units.start)]
        below = [before.facts(unit) for unit in range(self.units.stop, stop)]
        return _Outdated(self.summary, [*above, *self.removed, *below], range(start, stop - (resume - first) + fresh))


def _start(cut: UnitStart) -> int:
    return cut.start
