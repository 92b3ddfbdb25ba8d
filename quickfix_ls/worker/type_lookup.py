"""Looks up inferred types for a document during one request. Answers are cached until the text changes."""

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
"""The answers of the type inference about a text, by the inquiry of a doubt; None if the types are unknown."""


@dataclass
class Asked:
    """A question about doubts. `answers` is set when all are answered; `is_late` once no request waits for them."""

    doubts: tuple[Any, ...]
    answers: tuple[Any, ...] | None = None
    is_late: bool = False
    task: TaskHandle[None] | None = None


@dataclass(frozen=True)
class TypeLookup:
    """The access to types during one request. Its questions run in `tasks`, beyond the end of the request if necessary.

    `evidence` is the language's part for types, and `service` the process that answers its questions. `path` is the
    document's path, `roots` are the workspace folders. `known` caches the answers; `late` is called when answers arrive
    that no request waits for.
    """

    evidence: TypeEvidence
    service: TypeService
    tasks: TaskGroup
    path: str
    roots: tuple[str, ...]
    known: Inferred
    late: Callable[[], None] = lambda: None

    def remembered(self, doubts: Sequence[Any]) -> tuple[Any, ...] | None:
        """Return the cached answers about doubts; None unless all of them are cached."""
        inquiries = [doubt.inquiry for doubt in doubts]
        if not all(inquiry in self.known for inquiry in inquiries):
            return None
        return tuple(self.known[inquiry] for inquiry in inquiries)

    def ask(self, index: Index, doubts: Sequence[Any]) -> Asked:
        """Start to ask about doubts in a document, as a task; the answers are cached."""
        asked = Asked(tuple(doubts))
        asked.task = start_logged(self.tasks, partial(self._ask, asked, index), "asking for types")
        return asked

    async def answers(self, asked: Asked, seconds: float) -> tuple[Any, ...] | None:
        """Wait at most `seconds` for the answers; None if they take longer, and then `late` is called when they arrive.

        Cancellation ends only the wait.
        """
        if asked.task is not None:
            with move_on_after(seconds):
                await asked.task.wait()
        asked.is_late = asked.answers is None
        return asked.answers

    async def _ask(self, asked: Asked, index: Index) -> None:
        """Ask the service and cache the answers. Cancellation ends the service's process."""
        answers = await self.service.ask(self.evidence.question(index, self.path, self.roots, asked.doubts))
        self.known.update(zip((doubt.inquiry for doubt in asked.doubts), answers, strict=True))
        asked.answers = answers
        if asked.is_late and any(answers):
            self.late()
