"""Label each candidate of a step: whether a person would accept it, and whether it executes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checks.changed_code import free_after
from quickfix_ls.languages.python.facts import binds
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.training.behaviour import is_gone
from quickfix_ls.training.execution import Run, run_tests
from quickfix_ls.training.groups import LabelledStep
from quickfix_ls.training.name_fixes import is_right
from quickfix_ls.training.rows import Row
from quickfix_ls.training.trained_language import trained_language


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a candidate.

    - `leads`: the step leads to the human's text.
    - `exact`: it is that text, token by token.
    - `passes`: the program passes its tests (None if there are none, or if the human's text fails them).
    - `accepted`: `leads` or `passes`.
    - `executes`: the error is gone, there are no undefined names or compiler warnings that the human's text lacks, and
      the tests pass if there are any. For a step that leaves a further error: the step's own error is gone.
    """

    leads: bool
    exact: bool
    passes: bool | None
    executes: bool

    @property
    def accepted(self) -> bool:
        return self.leads or self.passes is True


class Judge:
    """Labels the candidates of one row; the properties of the human's text are computed once."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._runs: dict[str, Run] = {}

    def labels(self, step: LabelledStep) -> list[Labels]:
        """Return the labels of a step's candidates, in order. Runs the programs if the row has tests."""
        return [self._of(step, candidate, leads) for candidate, leads in zip(step.considered, step.leads, strict=True)]

    def _of(self, step: LabelledStep, candidate: ValidCandidate, leads: bool) -> Labels:
        if candidate.change.fault is not None:
            return Labels(leads, False, None, True)
        row, text = self._row, step.text(candidate)
        executes = self._brings_nothing_new(candidate)
        passes = None
        if self._is_tested and row.tests is not None:
            run = self._runs.get(text) or run_tests(text, row.tests)
            self._runs[text] = run
            passes = run.status == "passed"
            executes = executes and passes and is_gone(row, text, run)
        return Labels(leads, is_right(row.kind, row.error, row.broken, text, row.fixed), passes, executes)

    def _brings_nothing_new(self, candidate: ValidCandidate) -> bool:
        change = candidate.change
        undefined = {free.name for free in free_after(change) if not binds(change.index, free.name, free.in_class)}
        if change.outside:
            undefined.discard(change.problem.name)  # the edit outside of the region is an import of the name
        warned = warnings_of(change.after.prefix + change.after.text + change.after.suffix)
        return undefined <= self._undefined_in_fixed and len(warned) <= len(self._warned_in_fixed)

    @cached_property
    def _is_tested(self) -> bool:
        row = self._row
        return row.tests is not None and run_tests(row.fixed, row.tests).status == "passed"

    @cached_property
    def _undefined_in_fixed(self) -> set[str]:
        index = trained_language().index(Snapshot.of(self._row.fixed))
        return {free.name for free in names_of(self._row.fixed).free if not binds(index, free.name, free.in_class)}

    @cached_property
    def _warned_in_fixed(self) -> Sequence[str]:
        return warnings_of(self._row.fixed)


def warnings_of(text: str) -> list[str]:
    """Return Python's syntax warnings for a text, such as that for `"text" (1)`; none if it does not compile."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", SyntaxWarning)
        try:
            compile(text, "<text>", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
            return []
    # An invalid escape in a string is not the repair's fault, and only newer versions warn about it.
    return [
        str(warning.message)
        for warning in caught
        if warning.category is SyntaxWarning and "escape" not in str(warning.message)
    ]
