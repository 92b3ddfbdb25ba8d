"""What a fix needs to know about one problem, computed only where some fixer declared the need."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.index.index import Region
from quickfix_ls.languages.python.names.visible import VisibleName
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lexing.layout import Brackets, Line, lines_of
from quickfix_ls.languages.python.layout import brackets_of
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Edit, Problem, Span


@dataclass(frozen=True)
class Context:
    """One problem with what is around it.

    `tokens` are those of `region.text`, offsets relative to the region; `at` is the index of the token at the
    problem (`len(tokens)` at the end). `visible`, `importables` and `imported` are empty unless a fixer needs them;
    `imported` are the modules, or what is in one, that names of the file stand for.
    """

    problem: Problem
    snapshot: Snapshot
    region: Region
    tokens: list[Token] = field(repr=False)
    at: int
    visible: tuple[VisibleName, ...] = ()
    importables: Importables | None = None
    imported: Mapping[str, str] = field(default_factory=dict)

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
        return brackets_of(self.tokens, self.lines)

    @cached_property
    def line(self) -> int:
        """The index in `lines` of the line that holds the problem; the last line before it where none does."""
        return max(0, bisect_left(self.lines, self.at + 1, key=lambda line: line.first) - 1)

    @cached_property
    def importable(self) -> list[Importable]:
        """The ways to import the problem's name, the most common first; none unless a fixer needs them."""
        near = tuple(sorted(set(self.imported.values())))
        return self.importables.for_name(self.problem.name, near=near) if self.importables else []

    def text_of(self, first: int, last: int) -> str:
        """The region's text from token `first` to token `last` (exclusive)."""
        return self.region.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    @property
    def offset(self) -> int:
        """Where the problem begins, relative to the region."""
        return self.problem.span.start - self.region.start
