"""The input of validation: a region before and after a candidate's edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from quickfix_ls.index.index import Index, Region
from quickfix_ls.index.syntax import Edited, Syntax, SyntaxFault
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.problems.syntax_errors import first_error
from quickfix_ls.values import Candidate, Edit, Problem, apply_edits

T = TypeVar("T")


class Refused(Exception):
    """A change must not be shown; the message gives the reason."""


@dataclass(frozen=True)
class Change:
    """A candidate applied to the region of a problem.

    `before` is the unchanged region and `tokens` are its tokens. Edits outside of the region (such as an import at the
    top of the file) are in `outside`.
    """

    index: Index
    problem: Problem
    candidate: Candidate
    before: Region
    tokens: list[Token]
    _derived: dict[Callable[[Change], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def derived(self, function: Callable[[Change], T]) -> T:
        """Return `function(self)`, computed once and cached."""
        if function not in self._derived:
            self._derived[function] = function(self)
        found: T = self._derived[function]
        return found

    def keep(self, function: Callable[[Change], T], value: T) -> T:
        """Cache a value that was computed otherwise as that of `function(self)`, and return it."""
        self._derived[function] = value
        return value

    @cached_property
    def inside(self) -> tuple[Edit, ...]:
        return tuple(
            edit
            for edit in self.candidate.edits
            if self.before.start <= edit.span.start and edit.span.end <= self.before.end
        )

    @cached_property
    def outside(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.candidate.edits if edit not in self.inside)

    @cached_property
    def after(self) -> Region:
        """The region after the edits that lie in it."""
        return self.before.with_text(apply_edits(self.before.text, self.inside, self.before.start))

    @cached_property
    def touched(self) -> tuple[int, int]:
        """Start and end, in the region before, of the lines that the edits touch; (0, 0) if all edits lie outside."""
        text = self.before.text
        if not self.inside:
            return 0, 0
        first = min(edit.span.start for edit in self.inside) - self.before.start
        last = max(edit.span.end for edit in self.inside) - self.before.start
        end = text.find("\n", last)
        return text.rfind("\n", 0, first) + 1, end if end >= 0 else len(text)

    @cached_property
    def key(self) -> str:
        """The text after the candidate's edits, and the edits outside of the region with their places; candidates with
        the same key are duplicates."""
        return self.after.text + "".join(f"\0{edit.span.start},{edit.span.end}\0{edit.text}" for edit in self.outside)

    @cached_property
    def fault(self) -> SyntaxFault | None:
        """The first error of the region after the edits, of the sorts that the problem is one of, or None."""
        return first_error(self.index, self.after, self.problem)

    @cached_property
    def index_after(self) -> Index:
        """The index of the whole document after all edits."""
        return self.index.after(self.candidate.edits)

    @property
    def is_too_late(self) -> bool:
        """True if the whole change is behind an error that does not depend on the text there."""
        problem, first = self.problem, self.candidate.edits[0] if self.candidate.edits else None
        is_behind = first is not None and first.span.start > problem.span.end and kind_of(problem).stepwise
        return is_behind and self.index.language.part(Syntax).is_settled(problem.message)

    @cached_property
    def makes_progress(self) -> bool:
        """True if the change repairs the reported error but another one is left, which a further step may repair."""
        if self.fault is None or not kind_of(self.problem).stepwise or not self.inside:
            return False
        start = self.before.start
        first = min(edit.span.start for edit in self.inside) - start
        last = max(edit.span.end for edit in self.inside) - start
        edited = Edited(first, last, len(self.after.text) - len(self.before.text))
        problem, progress = self.problem, self.index.language.part(Syntax).progress
        return progress(problem.message, problem.span.start - start, self.fault, edited)
