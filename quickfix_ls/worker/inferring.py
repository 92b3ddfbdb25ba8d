"""What types tell about one document during one request. What was told of a text is remembered as long as it stays."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quickfix_ls.languages.python.types.facts import Answers, Facts, Inquiry, Question
from quickfix_ls.languages.python.types.findings import Doubt
from quickfix_ls.languages.python.types.resident import Resident

logger = logging.getLogger(__name__)

Inferred = dict[Inquiry, Facts | None]
"""What types told of a text, by what was asked; None where they tell nothing."""


@dataclass(frozen=True)
class Inferring:
    """One request's way to the types. `folders` finds where imports are looked up, which most requests need not know;
    `known` is what is known already, and `late` is called where answers come that nobody waited for."""

    resident: Resident
    path: str
    folders: Callable[[], tuple[str, ...]]
    known: Inferred
    late: Callable[[], None] = lambda: None

    def remembered(self, doubts: Sequence[Doubt]) -> Answers | None:
        """The answers where all of them are known already."""
        asked = [doubt.inquiry for doubt in doubts]
        return tuple(self.known[one] for one in asked) if all(one in self.known for one in asked) else None

    def ask(self, text: str, doubts: Sequence[Doubt]) -> asyncio.Task[Answers]:
        """The answers to come, which are remembered. The task goes on where the request is cancelled."""
        inquiries = tuple(doubt.inquiry for doubt in doubts)
        asked = self.resident.ask(Question(text, self.path, self.folders(), inquiries))
        asked.add_done_callback(lambda done: self._remember(inquiries, done))
        return asked

    async def answers(self, asked: asyncio.Task[Answers], seconds: float) -> Answers | None:
        """The answers that come within so many seconds (0: that are here already); None where they don't, and `late`
        is told when they do. Cancellation leaves the task alone."""
        await asyncio.wait({asked}, timeout=seconds)
        if not asked.done():
            asked.add_done_callback(self._tell)
            return None
        return None if asked.cancelled() or asked.exception() else asked.result()

    def _remember(self, inquiries: Sequence[Inquiry], done: asyncio.Task[Answers]) -> None:
        if not done.cancelled() and done.exception() is None:
            self.known.update(zip(inquiries, done.result(), strict=True))

    def _tell(self, done: asyncio.Task[Answers]) -> None:
        if not done.cancelled() and done.exception() is None and any(done.result()):
            self.late()
