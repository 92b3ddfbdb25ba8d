"""The analysis of one snapshot, unit by unit. What is known of a unit is keyed by its text, outliving edits."""

from __future__ import annotations

import builtins
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from quickfix_ls.analysis.notebooks import Seams, cell_around, is_given, moved_seams, tidy
from quickfix_ls.analysis.scopes import UnitNames, names_of, names_of_broken
from quickfix_ls.analysis.uses import NOTHING, UnitUses, uses_of
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.judge import HERE, Fault, Version, judge
from quickfix_ls.languages.python.units import Cut, Cutter, Stack
from quickfix_ls.values import Edit, Problem, Span

_MODULE_NAMES = frozenset(
    {"__file__", "__name__", "__doc__", "__path__", "__package__", "__spec__", "__loader__", "__builtins__",
     "__annotations__", "__dict__", "__debug__", "__class__", "__module__", "__qualname__", "__cached__",
     "WindowsError", "reveal_type", "reveal_locals", "get_ipython", "_"}
)  # fmt: skip
_LINE_NUMBER = re.compile(r"\b(at|on) line (\d+)")
ALWAYS_BOUND = frozenset(dir(builtins)) | _MODULE_NAMES


@dataclass(frozen=True, slots=True)
class Region:
    """A run of whole units, the text that a repair works on.

    `start` is its offset in the document; `prefix` and `suffix` are lines that stand for the classes around it,
    so that `prefix + text + suffix` can be compiled by itself. `notebook`: it is code of a notebook.
    """

    text: str
    start: int
    prefix: str = ""
    suffix: str = ""
    notebook: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def with_text(self, text: str) -> Region:
        return replace(self, text=text)

    def fault(self, target: Version = HERE) -> Fault | None:
        """Why it does not compile; spans are relative to the region."""
        return judge(self.text, self.prefix, self.suffix, target, self.notebook)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of a unit's text: its fault, its names, and what it asks of whom."""

    fault: Fault | None
    names: UnitNames
    uses: UnitUses = NOTHING


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many units bind each name at module and at class level, and how many may bind anything."""

    bound: Counter[str]
    members: Counter[str]
    opaque: int

    def changed(self, removed: list[UnitFacts], added: list[UnitFacts]) -> _Tally:
        bound, members, opaque = self.bound.copy(), self.members.copy(), self.opaque
        for facts in removed:
            bound.subtract(facts.names.bound)
            members.subtract(facts.names.members)
            opaque -= facts.names.opaque
        for facts in added:
            bound.update(facts.names.bound)
            members.update(facts.names.members)
            opaque += facts.names.opaque
        return _Tally(+bound if removed else bound, +members if removed else members, opaque)


@lru_cache(maxsize=4096)
def _facts(text: str, prefix: str, suffix: str, target: Version, notebook: bool) -> UnitFacts:
    fault = judge(text, prefix, suffix, target, notebook)
    if fault:
        return UnitFacts(fault, names_of_broken(text))
    return UnitFacts(None, names_of(text, prefix, suffix), uses_of(text, prefix, suffix))


class Analysis:
    """Everything known about one snapshot: made lazily, and from the analysis before it at the cost of one edit.

    Treat it as immutable; what it fills in lazily follows from the snapshot alone.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        target: Version = HERE,
        packages: tuple[str, ...] = (),
        beside: tuple[str, ...] = (),
        *,
        notebook: bool = False,
        seams: Seams = (),
    ) -> None:
        self.snapshot = snapshot
        self.target = target
        self.packages = packages
        self.beside = beside
        self.notebook = notebook
        self.seams = seams
        cutter = Cutter(snapshot.text, seams=seams)
        self.cuts = list(cutter)
        self._open_string = cutter.open_string
        self._known: list[UnitFacts | None] = [None] * len(self.cuts)
        self._tally: _Tally | None = None

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        target: Version = HERE,
        packages: tuple[str, ...] = (),
        beside: tuple[str, ...] = (),
        *,
        notebook: bool = False,
        seams: Seams = (),
    ) -> Analysis:
        """`packages` are the folders that hold the packages of the project's own environment; where none is known,
        nothing is said of any package. `beside` are the folders whose modules the file can import too. `notebook`:
        the code is that of a notebook, and `seams` are the offsets at which its cells begin, but for the first."""
        return cls(snapshot, target, packages, beside, notebook=notebook, seams=seams)

    def edited(self, edit: Edit, version: int | None, seams: Seams | None = None) -> Analysis:
        """The analysis after one edit. Raises ValueError when the edit lies outside of the text.

        `seams` are those of the text after it, where they are known; they may differ from those before in the text
        that the edit put in, and at its ends."""
        snapshot = self.snapshot.edited(edit, version)
        if seams is None:
            seams = tidy(moved_seams(self.seams, edit), len(snapshot.text)) if self.seams else ()
        if self._open_string:
            return Analysis(snapshot, self.target, self.packages, self.beside, notebook=self.notebook, seams=seams)
        after = object.__new__(Analysis)
        after.snapshot, after.target = snapshot, self.target
        after.packages, after.beside = self.packages, self.beside
        after.notebook, after.seams = self.notebook, seams
        after._recut(self, edit)
        return after

    def after(self, edits: Iterable[Edit]) -> Analysis:
        """The analysis after edits that are all in terms of this text and don't overlap; its version stays. Raises
        ValueError as `edited` does."""
        analysis = self
        for edit in sorted(edits, reverse=True):
            analysis = analysis.edited(edit, self.snapshot.version)
        return analysis

    # -- units -------------------------------------------------------------------------------------------------

    def unit_at(self, offset: int) -> int:
        """The index of the unit that holds an offset."""
        return max(0, bisect_right(self.cuts, offset, key=_start) - 1)

    def region(self, first: int, last: int | None = None) -> Region:
        """The units from `first` to `last` (inclusive, `first` alone where None) as one region."""
        last = first if last is None else last
        start = self.cuts[first].start
        end = self.cuts[last + 1].start if last + 1 < len(self.cuts) else len(self.snapshot.text)
        text, prefix = self.snapshot.text[start:end], _prefix(self.cuts[first].stack)
        return Region(text, start, prefix, self._suffix(last), self.notebook)

    def joined(self, unit: int) -> tuple[int, int]:
        """The first and the last of the units around one that no seam parts from it."""
        if not self.seams:
            return 0, len(self.cuts) - 1
        cell = self._cell(unit)
        return self.unit_at(cell.start), self.unit_at(max(cell.start, cell.end - 1))

    def facts(self, unit: int) -> UnitFacts:
        """What is known of a unit; the first call on a unit's text compiles it."""
        known = self._known[unit]
        if known is None:
            region = self.region(unit)
            known = self._known[unit] = _facts(region.text, region.prefix, region.suffix, self.target, self.notebook)
        return known

    # -- findings ----------------------------------------------------------------------------------------------

    def syntax_problems(self, first: int = 0, last: int | None = None) -> Iterator[Problem]:
        """The first syntax error of every unit from `first` to `last` (inclusive; to the end where None)."""
        for unit in range(first, len(self.cuts) if last is None else last + 1):
            fault = self.facts(unit).fault
            if fault is not None:
                cut, cell, text = self.cuts[unit], self._cell(unit), self.snapshot.text
                above = self.snapshot.line_at(cut.start) - self.snapshot.line_at(cell.start) - len(cut.stack)
                found = syntax_problem(fault, cut.start, above)
                if cell.end < len(text) and found.span.end >= cell.end:
                    # At the end of a cell, not at the beginning of the next one.
                    at = cell.start + len(text[cell.start : cell.end].rstrip("\r\n"))
                    found = replace(found, span=Span(min(found.span.start, at), at))
                yield found

    def undefined_names(self, first: int = 0, last: int | None = None) -> Iterator[Problem]:
        """Every read of a name that nothing in the file binds. Needs the names of all units, so the first call
        on a file costs as much as the file is long."""
        if self._names.opaque:
            return
        for unit in range(first, len(self.cuts) if last is None else last + 1):
            start = self.cuts[unit].start
            for free in self.facts(unit).names.free:
                if not self.binds(free.name, free.in_class):
                    span = Span(start + free.span.start, start + free.span.end)
                    message = f"name '{free.name}' is not defined"
                    yield Problem("name", message, "NameError", span, free.name, "analysis")

    def binds(self, name: str, in_class: bool = False) -> bool:
        """Whether a name is defined for the whole file: by some unit, by Python itself, or perhaps by a star
        import. Only where it is read by a class body itself (`in_class`), the members of classes count."""
        names = self._names
        if name in names.bound or name in ALWAYS_BOUND or names.opaque > 0:
            return True
        if self.notebook and is_given(name):
            return True
        return in_class and name in names.members

    @property
    def bound(self) -> Iterable[str]:
        """Every name that some unit binds at module level."""
        return self._names.bound.keys()

    def times_bound(self, name: str) -> int:
        """How many units bind a name at module level."""
        return self._names.bound[name]

    @cached_property
    def imported(self) -> dict[str, str]:
        """The modules, or what is in one, that names of the file stand for."""
        meanings = (self.facts(unit).uses.meanings for unit in range(len(self.cuts)))
        return {name: one.name for found in meanings for name, one in found.items() if one.kind == "module"}

    @property
    def opaque(self) -> bool:
        """Whether some unit may bind anything."""
        return self._names.opaque > 0

    @property
    def indexed(self) -> bool:
        """Whether the names of all units are known already."""
        return self._tally is not None

    @property
    def _names(self) -> _Tally:
        if self._tally is None:
            self._tally = _Tally(Counter(), Counter(), 0).changed(
                [], [self.facts(unit) for unit in range(len(self.cuts))]
            )
        return self._tally

    # -- cutting -----------------------------------------------------------------------------------------------

    def _suffix(self, unit: int) -> str:
        if unit + 1 < len(self.cuts) and len(self.cuts[unit + 1].stack) > len(self.cuts[unit].stack):
            return self.cuts[unit + 1].stack[-1] + "pass\n"
        return ""

    def _cell(self, unit: int) -> Span:
        """The text around a unit that no seam parts: all text where there are none."""
        return cell_around(self.seams, self.cuts[unit].start, len(self.snapshot.text))

    def _recut(self, before: Analysis, edit: Edit) -> None:
        """Cut from the unit before the edit until an old cut is met again behind it; keep the rest."""
        shift = edit.growth
        first = max(0, before.unit_at(edit.span.start) - 1)
        cutter = Cutter(self.snapshot.text, before.cuts[first].start, before.cuts[first].stack, self.seams)
        fresh: list[Cut] = []
        resume = len(before.cuts)
        for one in cutter:
            old = before.unit_at(one.start - shift)
            behind = one.start >= edit.span.start + len(edit.text)
            if behind and old > first and before.cuts[old] == Cut(one.start - shift, one.stack):
                resume = old
                break
            fresh.append(one)
        moved = before.cuts[resume:] if not shift else [Cut(c.start + shift, c.stack) for c in before.cuts[resume:]]
        self.cuts = before.cuts[:first] + fresh + moved
        self._open_string = cutter.open_string
        self._known = before._known[:first] + [None] * len(fresh) + before._known[resume:]
        self._tally = None
        if before._tally is not None:
            removed = [before.facts(unit) for unit in range(first, resume)]
            added = [self.facts(unit) for unit in range(first, first + len(fresh))]
            self._tally = before._tally.changed(removed, added)


def syntax_problem(fault: Fault, start: int, above: int = 0) -> Problem:
    """The problem that a fault in a region is, `start` being the region's offset in its document and `above` how
    many lines of the document its message does not count."""
    span = Span(start + fault.span.start, start + fault.span.end)
    message = _LINE_NUMBER.sub(lambda found: f"{found[1]} line {int(found[2]) + above}", fault.message)
    return Problem("syntax", message, fault.error_type, span)


def _start(one: Cut) -> int:
    return one.start


def _prefix(stack: Stack) -> str:
    return "".join(f"{indent}class _:\n" for indent in ("", *stack[:-1])) if stack else ""
