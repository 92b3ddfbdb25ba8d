"""What validation looks at: a region before and after a candidate's edits."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from quickfix_ls.languages.python.findings import findings
from quickfix_ls.index.index import Analysis, Region
from quickfix_ls.languages.python.names.scopes import FreeName, names_of
from quickfix_ls.languages.python.compile_check import Fault
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit, Problem, apply_edits

_FORGOTTEN = "forgot a comma"
_LEXER = re.compile(r"unterminated|unmatched|does not match|literal|character|inconsistent use", re.IGNORECASE)


class Refused(Exception):
    """Why a change is not fit to be shown, in plain words."""


@dataclass(frozen=True)
class Change:
    """A candidate applied to the region of a problem.

    `tokens` are those of `before`. Edits outside of the region (an import at the top of the file) are in `outside`.
    """

    analysis: Analysis
    problem: Problem
    candidate: Candidate
    before: Region
    tokens: list[Token]

    @cached_property
    def inside(self) -> tuple[Edit, ...]:
        return tuple(
            e for e in self.candidate.edits if self.before.start <= e.span.start and e.span.end <= self.before.end
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
        """Start and end, in the region before, of the lines that the edits touch; (0, 0) where all lie outside."""
        text = self.before.text
        if not self.inside:
            return 0, 0
        first = min(edit.span.start for edit in self.inside) - self.before.start
        last = max(edit.span.end for edit in self.inside) - self.before.start
        end = text.find("\n", last)
        return text.rfind("\n", 0, first) + 1, end if end >= 0 else len(text)

    @cached_property
    def key(self) -> str:
        """The text that the candidate makes, by which equal candidates are told."""
        return self.after.text + "\0".join(edit.text for edit in self.outside)

    @cached_property
    def fault(self) -> Fault | None:
        """Why the region does not compile after the edits, or None."""
        return self.after.fault(self.analysis.target)

    @cached_property
    def tree_after(self) -> ast.Module | None:
        """The syntax tree of the region after the edits, prefix and suffix included; None where it does not compile, or
        is nested too deep for the parser."""
        after = self.after
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return ast.parse(after.prefix + after.text + after.suffix)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return None

    @cached_property
    def free_after(self) -> tuple[FreeName, ...]:
        """The names that the region after the edits reads and does not bind; it must compile."""
        if self.tree_after is None:
            return ()
        return names_of(self.after.text, self.after.prefix, self.after.suffix, self.tree_after).free

    @cached_property
    def analysis_after(self) -> Analysis:
        """The analysis of the whole document after all edits."""
        return self.analysis.after(self.candidate.edits)

    @cached_property
    def slips_before(self) -> Counter[tuple[str, str]]:
        """How often the region has each slip, by the error's type and the misspelt name."""
        return _slips(self.analysis, self.before.start, self.before.end)

    @cached_property
    def slips_after(self) -> Counter[tuple[str, str]]:
        """The same after the edits, those outside of the region included."""
        shift = sum(edit.growth for edit in self.outside if edit.span.end <= self.before.start)
        return _slips(self.analysis_after, self.before.start + shift, self.after.end + shift)

    @cached_property
    def moves_on(self) -> bool:
        """Whether the change mends the reported error and another one is left: then a further step may complete it.

        CPython reports what stops its lexer first (open quotes, wrong characters), then brackets that stay open, then
        what stops its parser, wherever these are; so an error of a later sort is progress, and else one further down,
        or a bracket further up that stays open.
        """
        fault = self.fault
        if fault is None or self.problem.kind != "syntax" or not self.inside:
            return False
        if _turn(fault.message) > _turn(self.problem.message):
            return True
        if _turn(fault.message) == _turn(self.problem.message) == 1:
            # Of brackets that stay open CPython reports the last: an earlier one means that this one is closed.
            first = min(edit.span.start for edit in self.inside)
            if self.before.start + fault.span.start < min(first, self.problem.span.start):
                return True
        shift = len(self.after.text) - len(self.before.text)
        edited_to = max(edit.span.end for edit in self.inside) - self.before.start + shift
        reported = self.problem.span.start - self.before.start
        # A range that is reported as a whole goes wrong at its end.
        wrong = fault.span.end - 1 if _FORGOTTEN in fault.message else fault.span.start
        return wrong > max(edited_to, reported + min(shift, 0)) + 1


def _slips(analysis: Analysis, start: int, end: int) -> Counter[tuple[str, str]]:
    first, last = analysis.unit_at(start), analysis.unit_at(max(start, end - 1))
    return Counter((one.error_type, one.name) for one in findings(analysis, first, last))


def _turn(message: str) -> int:
    """When CPython comes to report an error: 0 while it cuts tokens, 1 at their end, 2 as it parses them."""
    if "never closed" in message:
        return 1
    return 0 if _LEXER.search(message) else 2
