"""The context of one problem, which fixers and the search read; its costly parts are computed on first access."""

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
from quickfix_ls.lexing.relex import LexedText
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit, Problem, Span

T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """A problem with the code around it.

    `index` is that of the problem's document; `region` is the part that a repair may change; `tokens` are those of
    `region.text`, with offsets relative to the region; `at` is the index of the token at the problem (`len(tokens)` if
    the problem is behind the last one).
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
        """Return `function(self)`, computed once and cached."""
        if function not in self._derived:
            self._derived[function] = function(self)
        found: T = self._derived[function]
        return found

    def edit(self, start: int, end: int, text: str) -> Edit:
        """Return the edit, in document offsets, that replaces [start, end) of the region's text by `text`."""
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
    def lexed(self) -> LexedText:
        """The region's text with its tokens, to lex what edits change in it."""
        return LexedText(self.region.text, self.tokens, self.lexis)

    @cached_property
    def brackets(self) -> Brackets:
        return self.lexis.brackets_of(self.tokens, self.lines)

    @cached_property
    def line(self) -> int:
        """The index in `lines` of the line that holds the problem; of the last line before it if none does."""
        return max(0, bisect_left(self.lines, self.at + 1, key=lambda line: line.first) - 1)

    def text_of(self, first: int, last: int) -> str:
        """Return the region's text from token `first` to token `last` (exclusive)."""
        return self.region.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    @property
    def offset(self) -> int:
        """The offset of the problem's start, relative to the region."""
        return self.problem.span.start - self.region.start
