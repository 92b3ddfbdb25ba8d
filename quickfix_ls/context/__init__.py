"""What a fix may know about one problem; what costs time is worked out when it is first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index, Region
from quickfix_ls.lexing.layout import Brackets, Line, lines_of
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit, Problem, Span

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """One problem with what is around it.

    `index` is that of the problem's document; `region` the part that a repair works on; `tokens` are those of
    `region.text`, offsets relative to the region; `at` is the index of the token at the problem (`len(tokens)` at the
    end).
    """

    problem: Problem
    index: Index
    region: Region
    tokens: list[Token] = field(repr=False)
    at: int
    _derived: dict[Callable[[Context], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def snapshot(self) -> Snapshot:
        return self.index.snapshot

    @property
    def lexis(self) -> Lexis:
        """The lexical rules of the document's language."""
        return self.index.language.part(Lexis)

    def derived(self, function: Callable[[Context], T]) -> T:
        """What a function makes of this context, worked out once."""
        if function not in self._derived:
            self._derived[function] = function(self)
        found: T = self._derived[function]
        return found

    def edit(self, start: int, end: int, text: str) -> Edit:
        """The edit that replaces [start, end) of the region's text."""
        return Edit(Span(self.region.start + start, self.region.start + end), text)

    @cached_property
    def at_end(self) -> int:
        """The index of the token at the end of the problem's span."""
        end = self.problem.span.end - self.region.start
        return max(self.at, bisect_left(self.tokens, end, key=lambda token: token.end))

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the region that hold code."""
        return lines_of(self.tokens)

    @cached_property
    def brackets(self) -> Brackets:
        return self.lexis.brackets_of(self.tokens, self.lines)

    @cached_property
    def line(self) -> int:
        """The index in `lines` of the line that holds the problem; the last line before it where none does."""
        return max(0, bisect_left(self.lines, self.at + 1, key=lambda line: line.first) - 1)

    def text_of(self, first: int, last: int) -> str:
        """The region's text from token `first` to token `last` (exclusive)."""
        return self.region.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    @property
    def offset(self) -> int:
        """Where the problem begins, relative to the region."""
        return self.problem.span.start - self.region.start
