"""Evaluate prompt variants: ask a model with each variant about rows whose right fix is known."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quickfix_ls.candidates.generate import Asking, Completion, ModelQuestion, Wanted, candidate_of, completions
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.gateway import Gateway, gateway_for
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_at
from quickfix_ls.prompts import all_variants
from quickfix_ls.settings import Layer, ProviderSettings, Settings, assignments, resolve
from quickfix_ls.tasks import background
from quickfix_ls.training.exactness import is_exact
from quickfix_ls.training.rows import Row, read_source
from quickfix_ls.training.trained_language import trained_language
from quickfix_ls.training.variant_figures import JudgedAnswer, RowOutcome, figures
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Reported, apply_edits

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

_BUDGET = Budget(seconds=1.0, offers=50)


@dataclass(frozen=True, slots=True)
class Ways:
    """The options for asking a model: the `provider` as in the setting, a kind's name or a JSON object; `model_path` of
    an embedded one; `seconds`, the time limit of an answer; other settings as `key=value`."""

    provider: str
    model_path: str = ""
    seconds: float = 30.0
    settings: Sequence[str] = ()


def evaluate_variants(
    paths: Sequence[Path],
    ways: Ways,
    selector: str = "lightgbm",
    limit: int | None = None,
    json_out: Path | None = None,
) -> int:
    """Ask about `limit` rows of each file, print the table, and write the figures to `json_out`; return 0.

    Raises UsageError for input or settings that can't be used, ModelError for a selector that can't be loaded.
    """
    from quickfix_ls.training.variant_table import print_table, progress_over

    rows = [row for path in paths for row in read_source(path, limit).rows]
    pipeline = Pipeline.load(trained_language(), selector)
    outcomes = asyncio.run(_all_outcomes(pipeline, ways, rows, progress_over))
    summary = figures(outcomes)
    print_table(summary)
    if json_out is not None:
        try:
            json_out.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{json_out}: can't be written: {error.strerror}") from error
    return 0


def settings_of(ways: Ways) -> Settings:
    """Return the settings with the named provider; if only a kind is named, with the configured provider of that kind.

    Raises UsageError for an invalid provider or setting.
    """
    layers = [Layer(assignments(ways.settings), "--set")]
    configured = resolve("", layers)[0].provider
    named = resolve("", [*layers, Layer(assignments([f"provider={ways.provider}"]), "--provider")])[0]
    provider = named.provider or ProviderSettings("")
    if configured is not None and provider == ProviderSettings(configured.kind):
        provider = configured
    if ways.model_path:
        provider = replace(provider, model_path=ways.model_path)
    # The model is to be measured: ask it about every row, and let no daily cap of tokens end the run.
    return replace(named, provider=provider, generate_when="always")


def gateway_and_wanted(ways: Ways, tasks: TaskGroup) -> tuple[Gateway, Wanted]:
    """Return the gateway to the named model, whose requests run in a task group, and the variants to ask with.

    Nothing is opened yet. Raises UsageError if no model is named.
    """
    settings = settings_of(ways)
    gateway = gateway_for(settings, tasks)
    if gateway is None:
        raise UsageError("--provider: no model is named")
    # By default every variant is asked, since the figures are for choosing among them.
    variants = settings.variants or tuple(all_variants())
    return gateway, replace(Wanted.by(settings), variants=variants, k=len(all_variants()))


async def outcome_of(
    pipeline: Pipeline, gateway: Gateway, row: Row, wanted: Wanted, seconds: float
) -> RowOutcome | None:
    """Ask the model about a row and return the outcome; None if there is no problem to ask about. Cancellable."""
    snapshot = Snapshot.of(row.broken)
    index, span = trained_language().index(snapshot), snapshot.line_span(row.line - 1)
    problems = find_at(index, span, (Reported(row.error, span),))
    if not problems:
        return None
    alone = await pipeline.final_offers(index, problems[0], _BUDGET)
    models = Asking(gateway.stream, gateway.model, wanted, seconds, always=True)
    question, _ = await pipeline.question(index, problems[0], _BUDGET, models)
    if question is None:
        return None
    async with completions(question, gateway.stream, seconds) as answers:
        completed = [completion async for completion in answers]
    judged = tuple(_judged(completion, index, question, row) for completion in completed)
    replayed = _Replayed(gateway.model, wanted, tuple(completed))
    together = await pipeline.final_offers(index, problems[0], _BUDGET, replayed)
    anything = pipeline.under(pipeline.rules._replace(min_probability=0.0))
    ranked = await anything.final_offers(index, problems[0], _BUDGET, replayed)
    written = [offer for offer in ranked if any(source.startswith("model:") for source in offer.sources)]
    votes = Counter(answer.fixed for answer in judged if answer.fixed).most_common()
    fixed = [
        apply_edits(row.broken, offers[0].candidate.edits) if offers else "" for offers in (alone, together, written)
    ]
    return RowOutcome(
        row.id,
        judged,
        sure=bool(alone) and alone[0].preferred,
        alone=is_exact(row.kind, fixed[0], row.fixed),
        together=is_exact(row.kind, fixed[1], row.fixed),
        picked=is_exact(row.kind, fixed[2], row.fixed),
        voted=bool(votes) and is_exact(row.kind, votes[0][0], row.fixed),
        tied=len(votes) > 1 and votes[0][1] == votes[1][1],
    )


async def _all_outcomes(  # type: ignore[no-untyped-def]  # the progress bar gives back what it is given
    pipeline: Pipeline, ways: Ways, rows: Sequence[Row], progress
) -> list[RowOutcome]:
    async with background() as tasks:
        gateway, wanted = gateway_and_wanted(ways, tasks)
        async with aclosing(gateway):
            await gateway.warm()
            found = [
                await outcome_of(pipeline, gateway, row, wanted, ways.seconds)
                for row in progress(rows, len(rows), "Asking")
            ]
    if skipped := found.count(None):
        print(f"{skipped} rows have no problem that a model could be asked about", file=sys.stderr)
    return [outcome for outcome in found if outcome is not None]


def _judged(completion: Completion, index: Index, question: ModelQuestion, row: Row) -> JudgedAnswer:
    answer = JudgedAnswer(
        completion.variant,
        sent=completion.usage.sent,
        received=completion.usage.received,
        cached=completion.usage.cached,
        first_token=completion.first_token,
        seconds=completion.seconds,
    )
    if completion.error:
        return replace(answer, failed=completion.error)
    context = build_context(index, question.region, question.problem)
    candidate, reply = candidate_of(completion, index, context)
    if candidate is None:
        return replace(answer, refusal=str(reply.refusal))
    change = Change(index, question.problem, candidate, question.region, context.tokens)
    verdict = validate(change, "step", "repair")
    if not verdict.passed:
        return replace(answer, refusal=verdict.refusal)
    fixed = apply_edits(row.broken, candidate.edits)
    return replace(answer, fixed=fixed, exact=is_exact(row.kind, fixed, row.fixed))


@dataclass(frozen=True, slots=True)
class _Replayed:
    """A model whose answers are already known."""

    name: str
    wanted: Wanted
    answers: tuple[Completion, ...]
    always: bool = True
    path: str = ""

    @asynccontextmanager
    async def completions(self, question: ModelQuestion) -> AsyncIterator[AsyncIterator[Completion]]:
        """Provide the same answers to any question. Cancellable."""
        async with aclosing(self._replayed()) as answers:
            yield answers

    async def _replayed(self) -> AsyncGenerator[Completion, None]:
        for completion in self.answers:
            yield completion
