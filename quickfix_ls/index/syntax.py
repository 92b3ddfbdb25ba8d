"""What a language tells about its syntax: where units begin, and why a text is not well formed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from quickfix_ls.index.seams import Seams
from quickfix_ls.values import Span

Stack = tuple[str, ...]
"""The indentations of the bodies that are open where a unit begins, the outermost first."""


class UnitStart(NamedTuple):
    """The offset at which a unit begins, and the bodies of definitions that are open there."""

    start: int
    stack: Stack


class UnitStarts(Protocol):
    """Iterates over the units of a text in order. `open_string` is True where, so far, a string was never closed, so
    that an edit further down may change the split above it."""

    @property
    def open_string(self) -> bool: ...

    def __iter__(self) -> Iterator[UnitStart]: ...


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """Why a text is not well formed: the judge's `message`, its error `code`, and the `span`, relative to the text that
    was judged."""

    message: str
    code: str
    span: Span


class Edited(NamedTuple):
    """The extent of a change within a region: the `span` from its first to its last edit in the text before, and by how
    many code points the text `grew`."""

    span: Span
    grew: int


@dataclass(frozen=True, slots=True)
class Syntax:
    """The syntax of a language.

    - `split(text, start, stack, seams)` cuts a text into units from an offset on at which a unit begins. At a seam a
      unit begins in any case, and nothing before it (an open bracket, a string, a class) goes on behind it.
    - `frame(stack, following)` gives the lines to put before and behind a unit, so that it can be judged by itself;
      `following` is the stack of the next unit (the unit's own at the end of the text).
    - `fault(text, prefix, suffix, environment)` is the judge: why a framed unit is not well formed, or None. Total.
    - `progress(before, after, edited)` says whether a text whose fault was `before` has come closer to being well
      formed, now that its fault is `after`; spans are relative to the region.
    - `relocate(message, lines)` adds a number of lines to each line number that a message names.
    """

    split: Callable[[str, int, Stack, Seams], UnitStarts]
    frame: Callable[[Stack, Stack], tuple[str, str]]
    fault: Callable[[str, str, str, object], SyntaxFault | None]
    progress: Callable[[SyntaxFault, SyntaxFault, Edited], bool]
    relocate: Callable[[str, int], str]


class UnitFacts(Protocol):
    """What is known of a unit from its text alone: its `fault`, and the names that it `defines` for the whole file.
    A language adds what it likes."""

    @property
    def fault(self) -> SyntaxFault | None: ...

    @property
    def defines(self) -> Collection[str]: ...


class Summary(Protocol):
    """The facts of all units of a file, folded."""

    @property
    def defined(self) -> Collection[str]:
        """The names that some unit defines for the whole file."""

    def changed(self, removed: list[UnitFacts], added: list[UnitFacts]) -> Summary:
        """The summary after some units were replaced by others."""


@dataclass(frozen=True, slots=True)
class FactsPart:
    """What a language knows of a unit: `facts(text, prefix, suffix, environment)`, total, worked out once for each
    text; and the `empty` summary, of a file without units."""

    facts: Callable[[str, str, str, object], UnitFacts]
    empty: Summary
