"""Evaluate the pipeline on rows, with the input that an editor would give it: how often it finds the human's fix."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.training.behaviour import behaviour_of
from quickfix_ls.training.groups import leads_to_fix
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Outcome, Prediction, Row, TextRow, read_source
from quickfix_ls.training.run_cases import outcomes_of_cases
from quickfix_ls.training.subjects import resident_pipeline, subject
from quickfix_ls.training.summary import summarise
from quickfix_ls.values import Offer, Reported, apply_edits

_CHUNK = 16
_PREDICTED = 5
_ASKED_SECONDS = 1.0
"""The server's time limit for code actions that the user invokes (`lsp.code_actions.INVOKED_SECONDS`)."""

_log = logging.getLogger(__name__)


def evaluate(
    paths: Sequence[Path],
    selector: str = "lightgbm",
    limit: int | None = None,
    jobs: int = 1,
    json_out: Path | None = None,
    predictions_out: Path | None = None,
    tests: bool = True,
    schemas: Path | None = None,
) -> int:
    """Evaluate `limit` rows of each file (None: all), print the tables and write the requested files.

    With `tests`, the programs of rows with tests are run, see `execution`. `schemas` is the file with the database
    schemas that rows name (None: the one beside the data). Returns the exit code: 0, or 1 if the
    pipeline raised an exception for a row. Raises UsageError for input that can't be read and output that can't be
    written, ModelError for a selector that can't be loaded.
    """
    # Imported here so that worker processes and users of `outcomes_of` don't need to import rich.
    from quickfix_ls.training.console_tables import print_tables, progress_over

    sources = [read_source(path, limit, schemas) for path in paths]
    for out in (json_out, predictions_out):
        _write(out, "")
    rows = [row for source in sources for row in source.all]
    # The budget of an invoked code action; but the predictions file holds more offers than an editor shows.
    budget = Budget(_ASKED_SECONDS, _PREDICTED) if predictions_out else Budget(_ASKED_SECONDS)
    found = outcomes_of(rows, selector, budget, jobs, tests)
    outcomes = list(progress_over(found, len(rows), "Evaluating"))
    cases = {source.name: list(outcomes_of_cases(source.cases, selector, budget, jobs)) for source in sources}
    summaries = summarise(sources, outcomes, cases)
    print_tables(summaries)
    _write(json_out, json.dumps({"version": 1, "selector": selector, "sources": summaries}, indent=2) + "\n")
    _write(predictions_out, "".join(json.dumps(_prediction(outcome)) + "\n" for outcome in outcomes))
    return 1 if any(outcome.crash for outcome in outcomes) else 0


def outcomes_of(
    rows: Iterable[Row | TextRow], selector: str, budget: Budget, jobs: int = 1, tests: bool = False
) -> Iterator[Outcome]:
    """Yield the outcome of every row, in order, computed in `jobs` processes (1: in this one), with the behaviour of
    the programs if `tests` is true."""
    work = partial(_run_chunk, selector, budget, tests)
    for _, outcomes in by_chunks(work, rows, _CHUNK, jobs):
        yield from outcomes


def run_rows(pipeline: Pipeline, rows: Sequence[Row | TextRow], budget: Budget) -> list[Outcome]:
    """Return the outcome of every row by a loaded pipeline. Must not be called from a running event loop."""
    return asyncio.run(_run_rows(pipeline, rows, budget))


def _run_chunk(selector: str, budget: Budget, tests: bool, rows: Sequence[Row | TextRow]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for lang, theirs in groupby(rows, key=lambda row: row.lang):
        outcomes += run_rows(resident_pipeline(lang, selector), list(theirs), budget)
    return [_with_behaviour(outcome) for outcome in outcomes] if tests else outcomes


def _with_behaviour(outcome: Outcome) -> Outcome:
    if isinstance(outcome.row, TextRow):
        return outcome
    first = outcome.predictions[0].fixed if outcome.predictions else None
    return replace(outcome, behaviour=behaviour_of(outcome.row, first))


async def _run_rows(pipeline: Pipeline, rows: Sequence[Row | TextRow], budget: Budget) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for row in rows:
        started = time.perf_counter()
        try:
            if isinstance(row, TextRow):
                outcomes.append(await _run_text(pipeline, row, budget))
            else:
                outcomes.append(await _run(pipeline, row, budget))
        except Exception as error:
            # A failed row must not lose the results of the others; the report names it, and the exit code is 1.
            _log.exception("row %s", row.id)
            ms = (time.perf_counter() - started) * 1000
            outcomes.append(Outcome(row, ms, crash=f"{type(error).__name__}: {error}"))
    return outcomes


async def _run(pipeline: Pipeline, row: Row, budget: Budget) -> Outcome:
    started = time.perf_counter()
    of, snapshot = subject(row.lang), Snapshot.of(row.broken)
    index = of.language.index(snapshot, row.environment)
    span = of.asked(row, snapshot)
    problems = find_at(index, span, (Reported(row.error, span),))
    offers = await pipeline.final_offers(index, problems[0], budget) if problems else ()
    ms = (time.perf_counter() - started) * 1000
    predictions = tuple(_predicted(row.broken, offer) for offer in offers)
    first = predictions[0].fixed if predictions else None
    exact = (rank for rank, prediction in enumerate(predictions) if of.is_right(row, prediction.fixed))
    rank = next(exact, None)
    return Outcome(
        row=row,
        ms=ms,
        problems=tuple(problem.kind for problem in problems),
        predictions=predictions,
        preferred=bool(offers) and offers[0].preferred,
        well_formed=first is not None and of.is_well_formed(row, first),
        rank=rank,
        leads=rank == 0 or (first is not None and leads_to_fix(row, first)),
        verdicts=of.verdicts(row, first),
    )


async def _run_text(pipeline: Pipeline, row: TextRow, budget: Budget) -> Outcome:
    started = time.perf_counter()
    index = subject(row.lang).language.index(Snapshot.of(row.text), row.environment)
    problems = find_all(index)
    offers = [first for problem in problems for first in (await pipeline.final_offers(index, problem, budget))[:1]]
    ms = (time.perf_counter() - started) * 1000
    predictions = tuple(_predicted(row.text, offer) for offer in offers)
    return Outcome(row, ms, tuple(problem.kind for problem in problems), predictions)


def _predicted(text: str, offer: Offer) -> Prediction:
    fixed = apply_edits(text, offer.candidate.edits)
    return Prediction(fixed, offer.probability, offer.candidate.source, offer.verdict.checks, offer.sources)


def _prediction(outcome: Outcome) -> dict[str, Any]:
    offers = [
        {
            "fixed": prediction.fixed,
            "score": round(prediction.score, 6),
            "source": prediction.source,
            "checks": list(prediction.checks),
        }
        for prediction in outcome.predictions[:_PREDICTED]
    ]
    return {"id": outcome.row.id, "offers": offers, "ms": round(outcome.ms, 3)}


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error
