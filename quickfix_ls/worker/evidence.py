"""Gathers the evidence about the problems in a span of a document from three sources: our own analysis, the diagnostics
of other tools, and inferred types.

Our analysis and the diagnostics that the editor sent are available at once. Types and the user's checkers take longer:
they run in the background (`gathering`), and their evidence replaces the earlier one (`Gathering.more`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quickfix_ls.index.index import Index
from quickfix_ls.problems import find_at
from quickfix_ls.tasks import background, start_logged
from quickfix_ls.values import Problem, Reported, Span
from quickfix_ls.worker.checking import Checking, on_lines_of
from quickfix_ls.worker.frames import AskOffers
from quickfix_ls.worker.type_lookup import Asked, TypeLookup

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence about a span of a document.

    `problems` are its problems, the nearest first; `reported` are the diagnostics of tools there; `doubts` are possible
    problems that types can still confirm or rule out.
    """

    problems: tuple[Problem, ...]
    reported: tuple[Reported, ...] = ()
    doubts: tuple[Any, ...] = ()


def evidence_at(
    index: Index, span: Span, reported: tuple[Reported, ...], types: TypeLookup | None, *, all_doubts: bool
) -> Evidence:
    """Return the evidence available at once: our own problems, reported ones, and those that cached types confirm.

    `all_doubts` keeps all open doubts in the evidence; otherwise only those about a tool's diagnostic, which are all
    that a moving cursor needs.
    """
    problems = find_at(index, span, reported)
    doubts = types.evidence.doubts_at(index, span, problems, reported) if types is not None else ()
    wanted = doubts if all_doubts else tuple(doubt for doubt in doubts if doubt.reported)
    for group in (doubts, wanted):
        if types is not None and group and (known := types.remembered(group)) is not None:
            return Evidence(tuple(types.evidence.informed(index, problems, group, known)), reported)
    return Evidence(tuple(problems), reported, wanted)


class Gathering:
    """The evidence of one request as it grows: `first` is available at once, `more` returns its replacements."""

    def __init__(self, index: Index, question: AskOffers, types: TypeLookup | None) -> None:
        self._index = index
        self._question = question
        self._types = types
        self._asked: Asked | None = None
        self._checker_run: TaskHandle[None] | None = None
        self._checker_reports: tuple[Reported, ...] = ()
        self.first = self._evidence = self._at_hand(question.reported)

    def run_checkers(self, tasks: TaskGroup, checking: Checking) -> None:
        """Run the user's checkers on the document in the background, as a task in `tasks`."""

        async def run_checkers() -> None:
            self._checker_reports = await checking.reports(self._index)

        self._checker_run = start_logged(tasks, run_checkers, "running the checkers")

    async def more(self, *, is_found: bool) -> Evidence | None:
        """Wait for better evidence than the last and return it; None if there is no more.

        It waits for types only if no offer `is_found` yet, but always for the checkers. Cancellation ends the wait;
        the type inference continues, for the next request.
        """
        return await self._from_types(0.0 if is_found else self._question.inferring) or await self._from_checkers()

    async def _from_types(self, seconds: float) -> Evidence | None:
        """Return the evidence with the types inferred within `seconds`; None if they change nothing. Cancellable."""
        asked, self._asked = self._asked, None
        if asked is None or self._types is None:
            return None
        answers, before = await self._types.answers(asked, seconds), self._evidence
        if answers is None:
            return None
        problems = self._types.evidence.informed(self._index, before.problems, before.doubts, answers)
        if [problem.origin for problem in problems] == [problem.origin for problem in before.problems]:
            return None
        self._evidence = Evidence(tuple(problems), before.reported)
        return self._evidence

    async def _from_checkers(self) -> Evidence | None:
        """Return the evidence with the checkers' diagnostics; None if they report nothing here. Cancellable."""
        checker_run, self._checker_run = self._checker_run, None
        if checker_run is None:
            return None
        await checker_run.wait()
        here = on_lines_of(self._index.snapshot, self._question.span, self._checker_reports)
        if not here:
            return None
        self._evidence = self._at_hand((*self._question.reported, *here))
        return self._evidence

    def _at_hand(self, reported: tuple[Reported, ...]) -> Evidence:
        """Return the evidence available at once, and start the type inference for its doubts."""
        began = time.perf_counter()
        all_doubts = self._question.inferring > 0
        evidence = evidence_at(self._index, self._question.span, reported, self._types, all_doubts=all_doubts)
        logger.debug("problems n=%d ms=%.1f", len(evidence.problems), (time.perf_counter() - began) * 1000)
        if self._types is not None and evidence.doubts:
            self._asked = self._types.ask(self._index, evidence.doubts)
        return evidence


@asynccontextmanager
async def gathering(
    index: Index, question: AskOffers, checking: Checking | None, types: TypeLookup | None
) -> AsyncIterator[Gathering]:
    """Gather the evidence for a question. The checkers run at most as long as the body; cancellation stops them."""
    async with background() as tasks:
        gathered = Gathering(index, question, types)
        if checking is not None:
            gathered.run_checkers(tasks, checking)
        yield gathered
