"""What types tell about one document during one request. What was told of a text is remembered as long as it stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from anyio import move_on_after

from quickfix_ls.inference import Facts, Question, Resident
from quickfix_ls.inference.facts import Answers, Inquiry
from quickfix_ls.problems.typed import Doubt
from quickfix_ls.tasks import start_logged

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

Inferred = dict[Inquiry, Facts | None]
"""What types told of a text, by what was asked; None where they tell nothing."""


@dataclass
class Asked:
    """Inquiries under way. `answers` are there when all are answered; `is_late` once nobody waits for them."""

    inquiries: tuple[Inquiry, ...]
    answers: Answers | None = None
    is_late: bool = False
    task: TaskHandle[None] | None = None


@dataclass(frozen=True)
class TypeLookup:
    """One request's way to the types. What is asked goes on in `tasks` where the request ends before.

    `folders` finds where imports are looked up, which most requests need not know; `known` is what is known already,
    and `late` is called where answers come that nobody waited for.
    """

    resident: Resident
    tasks: TaskGroup
    path: str
    folders: Callable[[], tuple[str, ...]]
    known: Inferred
    late: Callable[[], None] = lambda: None

    def remembered(self, doubts: Sequence[Doubt]) -> Answers | None:
        """The answers where all of them are known already."""
        inquiries = [doubt.inquiry for doubt in doubts]
        return tuple(self.known[one] for one in inquiries) if all(one in self.known for one in inquiries) else None

    def ask(self, text: str, doubts: Sequence[Doubt]) -> Asked:
        """Begin to ask about a text; the answers are remembered."""
        asked = Asked(tuple(doubt.inquiry for doubt in doubts))
        asked.task = start_logged(self.tasks, partial(self._ask, asked, text), "asking for types")
        return asked

    async def answers(self, asked: Asked, seconds: float) -> Answers | None:
        """The answers that come within so many seconds (0: that are here already); None where they don't, and `late`
        is told when they do. Cancellation ends the waiting alone."""
        if asked.task is not None:
            with move_on_after(seconds):
                await asked.task.wait()
        asked.is_late = asked.answers is None
        return asked.answers

    async def _ask(self, asked: Asked, text: str) -> None:
        """Ask, and remember the answers. Cancellation ends the process that is asked."""
        answers = await self.resident.ask(Question(text, self.path, self.folders(), asked.inquiries))
        self.known.update(zip(asked.inquiries, answers, strict=True))
        asked.answers = answers
        if asked.is_late and any(answers):
            self.late()
