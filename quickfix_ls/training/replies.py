"""Add a language model's candidates to those of a row's first step, validated as in the server, with a vote for each
variant that proposed them."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

from quickfix_ls.candidates.generate import Stream, Wanted, completions, question_of
from quickfix_ls.context import Context
from quickfix_ls.errors import UsageError
from quickfix_ls.index.index import Index
from quickfix_ls.repairs.merged_ranking import valid_candidate_of
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.tasks import background
from quickfix_ls.training.variants import Ways, gateway_and_wanted
from quickfix_ls.values import Problem


class Replies:
    """A model that is asked with all wanted variants, and the statistics of its answers."""

    def __init__(self, stream: Stream, model: str, wanted: Wanted, seconds: float) -> None:
        """Ask `model` through `stream`, with `seconds` as the time limit for an answer."""
        self._stream = stream
        self._model = model
        self._wanted = wanted
        self._seconds = seconds
        self._counts: Counter[str] = Counter()
        self._error = ""

    async def added(
        self, index: Index, problem: Problem, context: Context, considered: Sequence[ValidCandidate]
    ) -> list[ValidCandidate]:
        """Return the candidates with the model's appended; a reply that makes the same text as a candidate is a vote
        for that one.

        The order is that of the variants, not that of the answers. Cancellable at every await.
        """
        question = question_of(index, context.region, context.problem, self._wanted)
        if question is None:
            return list(considered)
        async with completions(question, self._stream, self._seconds) as answers:
            found = {answer.variant: answer async for answer in answers}
        by_key = {candidate.change.key: candidate for candidate in considered}
        for variant, _ in question.prompts:
            self._counts["asked"] += 1
            candidate, refusal = valid_candidate_of(found[variant], index, context, problem)
            if found[variant].error:
                self._counts["failed"] += 1
                self._error = refusal
            elif candidate is None:
                self._counts["refused"] += 1
            else:
                self._counts["passed"] += 1
                _vote(by_key, candidate)
        return list(by_key.values())

    @property
    def figures(self) -> dict[str, Any]:
        """The model, its variants, the number of questions `asked`, and of those that `failed` (no answer), were
        `refused` (unreadable or invalid) and `passed`. Raises UsageError if all questions failed."""
        counts = {name: self._counts[name] for name in ("asked", "failed", "refused", "passed")}
        if counts["asked"] and counts["failed"] == counts["asked"]:
            raise UsageError(f"--provider: the model answered nothing: {self._error}")
        return {"name": self._model, "variants": list(self._wanted.variants), "seconds": self._seconds, **counts}


@asynccontextmanager
async def replies_of(ways: Ways) -> AsyncIterator[Replies]:
    """Provide a model to ask, as long as the context lasts. Raises UsageError if the settings name none."""
    async with background() as tasks:
        gateway, wanted = gateway_and_wanted(ways, tasks)
        async with aclosing(gateway):
            await gateway.warm()
            yield Replies(gateway.stream, gateway.model, wanted, ways.seconds)


def _vote(by_key: dict[str, ValidCandidate], candidate: ValidCandidate) -> None:
    key = candidate.change.key
    known = by_key.get(key) or replace(candidate, order=len(by_key))
    by_key[key] = known.with_source(candidate.sources[0])
