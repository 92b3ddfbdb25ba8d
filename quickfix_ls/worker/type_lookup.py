"""What types tell about one document during one request. What was told of a text is remembered as long as it stays."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from anyio import move_on_after

from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import TypeEvidence, TypeService
from quickfix_ls.tasks import start_logged

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

Inferred = dict[Hashable, Any]
"""What types told of a text, by the inquiry of a doubt; None where they tell nothing."""


@dataclass
class Asked:
    """Doubts that are asked about. `answers` are there when all are answered; `is_late` once nobody waits for them."""

    doubts: tuple[Any, ...]
    answers: tuple[Any, ...] | None = None
    is_late: bool = False
    task: TaskHandle[None] | None = None


@dataclass(frozen=True)
class TypeLookup:
    """One request's way to the types. What is asked goes on in `tasks` where the request ends before.

    `evidence` is what the document's language knows of types, and `service` answers its questions. `path` and `roots`
    say where the document lies; `known` is what is known already, and `late` is called where answers come that nobody
    waited for.
    """

    evidence: TypeEvidence
    service: TypeService
    tasks: TaskGroup
    path: str
    roots: tuple[str, ...]
    known: Inferred
    late: Callable[[], None] = lambda: None

    def remembered(self, doubts: Sequence[Any]) -> tuple[Any, ...] | None:
        """The answers where all of them are known already."""
        inquiries = [doubt.inquiry for doubt in doubts]
        return tuple(self.known[one] for one in inquiries) if all(one in self.known for one in inquiries) else None

    def ask(self, index: Index, doubts: Sequence[Any]) -> Asked:
        """Begin to ask about a document; the answers are remembered."""
        asked = Asked(tuple(doubts))
        asked.task = start_logged(self.tasks, partial(self._ask, asked, index), "asking for types")
        return asked

    async def answers(self, asked: Asked, seconds: float) -> tuple[Any, ...] | None:
        """The answers that come within so many seconds (0: that are here already); None where they don't, and `late`
        is told when they do. Cancellation ends the waiting alone."""
        if asked.task is not None:
            with move_on_after(seconds):
                await asked.task.wait()
        asked.is_late = asked.answers is None
        return asked.answers

    async def _ask(self, asked: Asked, index: Index) -> None:
        """Ask, and remember the answers. Cancellation ends the process that is asked."""
        answers = await self.service.ask(self.evidence.question(index, self.path, self.roots, asked.doubts))
        self.known.update(zip((doubt.inquiry for doubt in asked.doubts), answers, strict=True))
        asked.answers = answers
        if asked.is_late and any(answers):
            self.late()
