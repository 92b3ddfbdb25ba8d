"""All that is known about what is wrong at one place of a document, from three sources: our own analysis, the tools
that reported something there, and the types of other code.

Our analysis and what the editor passed on are there at once. Types and the user's checkers take longer, so that they
are asked in the background (`gathering`), and their evidence replaces the one before (`Gathering.more`).
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
    """What is known about one place: its `problems`, the nearest first, what tools `reported` there, and the `doubts`
    that types could still settle, which are problems or not."""

    problems: tuple[Problem, ...]
    reported: tuple[Reported, ...] = ()
    doubts: tuple[Any, ...] = ()


def evidence_at(
    index: Index, span: Span, reported: tuple[Reported, ...], types: TypeLookup | None, *, all_doubts: bool
) -> Evidence:
    """What is known at once: our own problems, those that were reported, and what types told before.

    `all_doubts` leaves all open doubts in the evidence; else it has those alone about which a tool reported something:
    a cursor that moves asks nothing else.
    """
    problems = find_at(index, span, reported)
    doubts = types.evidence.doubts_at(index, span, problems, reported) if types is not None else ()
    wanted = doubts if all_doubts else tuple(doubt for doubt in doubts if doubt.reported)
    for group in (doubts, wanted):
        if types is not None and group and (known := types.remembered(group)) is not None:
            return Evidence(tuple(types.evidence.informed(index, problems, group, known)), reported)
    return Evidence(tuple(problems), reported, wanted)


class Gathering:
    """The evidence for one request as it grows: `first` is there at once, `more` gives what replaces it."""

    def __init__(self, index: Index, question: AskOffers, types: TypeLookup | None) -> None:
        self._analysis = index
        self._question = question
        self._types = types
        self._asked: Asked | None = None
        self._looking: TaskHandle[None] | None = None
        self._found: tuple[Reported, ...] = ()
        self.first = self._evidence = self._at_hand(question.reported)

    def look(self, tasks: TaskGroup, checking: Checking) -> None:
        """Have the user's checkers look at the document in the background."""

        async def look() -> None:
            self._found = await checking.reports(self._analysis)

        self._looking = start_logged(tasks, look, "looking with the checkers")

    async def more(self, *, is_found: bool) -> Evidence | None:
        """Evidence that is better than the one before, None where there is no more.

        Types are waited for only where no offer `is_found` yet; the checkers always are. Cancellation ends the waiting;
        types go on, for whoever asks next.
        """
        return await self._from_types(0.0 if is_found else self._question.inferring) or await self._from_checkers()

    async def _from_types(self, seconds: float) -> Evidence | None:
        asked, self._asked = self._asked, None
        if asked is None or self._types is None:
            return None
        answers, before = await self._types.answers(asked, seconds), self._evidence
        if answers is None:
            return None
        problems = self._types.evidence.informed(self._analysis, before.problems, before.doubts, answers)
        if [problem.origin for problem in problems] == [problem.origin for problem in before.problems]:
            return None
        self._evidence = Evidence(tuple(problems), before.reported)
        return self._evidence

    async def _from_checkers(self) -> Evidence | None:
        looking, self._looking = self._looking, None
        if looking is None:
            return None
        await looking.wait()
        here = on_lines_of(self._analysis.snapshot, self._question.span, self._found)
        if not here:
            return None
        self._evidence = self._at_hand((*self._question.reported, *here))
        return self._evidence

    def _at_hand(self, reported: tuple[Reported, ...]) -> Evidence:
        """What is known at once; types are asked about what is left in doubt."""
        began = time.perf_counter()
        all_doubts = self._question.inferring > 0
        evidence = evidence_at(self._analysis, self._question.span, reported, self._types, all_doubts=all_doubts)
        logger.debug("problems n=%d ms=%.1f", len(evidence.problems), (time.perf_counter() - began) * 1000)
        if self._types is not None and evidence.doubts:
            self._asked = self._types.ask(self._analysis, evidence.doubts)
        return evidence


@asynccontextmanager
async def gathering(
    index: Index, question: AskOffers, checking: Checking | None, types: TypeLookup | None
) -> AsyncIterator[Gathering]:
    """The evidence for a question about a place. The checkers look as long as the body lasts; cancellation stops
    them."""
    async with background() as tasks:
        gathered = Gathering(index, question, types)
        if checking is not None:
            gathered.look(tasks, checking)
        yield gathered
