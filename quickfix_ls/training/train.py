"""Train all models: the token model, then the ranking models on the candidates of broken code."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from quickfix_ls import languages
from quickfix_ls.pipeline import Budget
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.shipped import models_of
from quickfix_ls.training.cases import Case
from quickfix_ls.training.groups import Group, groups_of
from quickfix_ls.training.inputs import data_files, proposing_pipeline, rows_hash
from quickfix_ls.training.model_files import make_folder, put_in_place, today, write_linear, write_trees
from quickfix_ls.training.outcomes import considered, write_outcomes
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Outcome, Row, RowFile, read_source
from quickfix_ls.training.subjects import Subject, certain_proposers, subject
from quickfix_ls.training.summary import summarise

_CHUNK = 24
_CASE_SECONDS = 1.0
_JUDGED = 2000
"""The number of artificial rows on which the whole pipeline is judged, if there are more: evenly spaced ones."""


def train(
    data: Sequence[Path],
    out: Path | None,
    seed: int = 0,
    *,
    quick: bool = False,
    keep_token_model: bool = False,
    outcomes_out: Path | None = None,
    language: str = languages.EXPECTED,
) -> int:
    """Train the models of a language on broken correct code, and on its rows in the benchmark files in `data` (files or
    folders) where given.

    Writes plausibility.bin, lightgbm.txt and logistic.json with their cards to `out` (None: the package's own models),
    each atomically, and prints the cross-validated table; with `keep_token_model`, plausibility.bin stays as shipped.
    Nothing is learned from cases, but a proposer that is preferred and wrong for one of them is never preferred. The
    same seed, data and installed packages give the same models. `outcomes_out` is a file for the results of each row,
    see `outcomes`. Raises UsageError for data that can't be read or a path that can't be written.
    """
    of, out = subject(language), out or models_of(language)
    make_folder(out)
    read = [source.of_language(language) for source in map(read_source, data_files(data))]
    cases = [case for source in read for case in source.cases]
    sources = [source.fixable for source in read]
    if outcomes_out is not None:
        write_outcomes(outcomes_out, [], [], {})
    console = Console(stderr=True)
    with (
        Progress(console=console, disable=not sys.stderr.isatty()) as progress,
        tempfile.TemporaryDirectory() as temporary,
    ):
        folder = Path(temporary)
        if not (quick or keep_token_model):
            _train_token_model(of, read, folder, progress)
        task = progress.add_task("Breaking correct code", total=of.made_count(quick))
        made = of.made_rows(read, seed, quick, partial(progress.advance, task), os.cpu_count() or 1)
        rows = [*made, *(row for source in sources for row in source.rows)]
        groups = _groups(rows, folder, progress)
        report, outcomes, chances = _fit(of, groups, made, sources, cases, folder, seed, progress)
        if outcomes_out is not None:
            write_outcomes(outcomes_out, sources, outcomes, considered(groups, chances))
        put_in_place(folder, out)
    _print(report)
    return 0


def _train_token_model(of: Subject, sources: Sequence[RowFile], folder: Path, progress: Progress) -> None:
    task = progress.add_task("Language model", total=None)
    of.train_token_model(sources, folder, lambda done, total: progress.update(task, completed=done, total=total))


def _groups(rows: Sequence[Row], folder: Path, progress: Progress) -> list[Group]:
    """Return the candidates of all rows, in the order of the rows for any number of processes."""
    task = progress.add_task("Candidates", total=len(rows))
    groups: list[Group] = []
    work = partial(_groups_of_chunk, folder)
    for done, found in by_chunks(work, rows, _CHUNK, os.cpu_count() or 1):
        groups += found
        progress.advance(task, done)
    return groups


def _groups_of_chunk(folder: Path, rows: Sequence[Row]) -> list[Group]:
    async def collect() -> list[Group]:
        return [group for row in rows for group in await _groups_of_row(folder, row)]

    return asyncio.run(collect())


async def _groups_of_row(folder: Path, row: Row) -> list[Group]:
    """Return the groups of a row. One whose target is not known to be right says nothing if no candidate leads there:
    others may be as good."""
    groups = await groups_of(proposing_pipeline(folder, row.lang), row)
    return groups if subject(row.lang).is_known(row) else [group for group in groups if any(group.labels)]


def _fit(
    of: Subject,
    groups: Sequence[Group],
    made: Sequence[Row],
    sources: Sequence[RowFile],
    cases: Sequence[Case],
    folder: Path,
    seed: int,
    progress: Progress,
) -> tuple[list[dict[str, Any]], list[Outcome], list[list[float]]]:
    """Fit and cross-validate the ranking models, and write them and their cards. `groups` are the candidates of the
    `made` rows and of those of `sources`.

    Returns the summaries of the rows of `sources`, their outcomes, and each group's probabilities, all by models that
    were not trained on the rows.
    """
    from quickfix_ls.training import crossvalidate, preferring
    from quickfix_ls.training.fitting import ROUNDS, FeatureTable, fit_linear, fit_trees

    measures, rounds = of.language.measures, of.rounds or ROUNDS
    table = FeatureTable.of(groups, measures.table)
    task = progress.add_task("Fitting folds", total=crossvalidate.FOLDS)
    folds = crossvalidate.cross_fit(table, seed, lambda: progress.advance(task), rounds)
    of_trees, of_linear = crossvalidate.calibrations(folds, table)
    real = [row for source in sources for row in source.rows]
    judged = [*real, *made[:: max(1, len(made) // _JUDGED)]]
    task = progress.add_task("Cross-validating", total=len(judged))
    outcomes: list[Outcome] = []
    for outcome in crossvalidate.outcomes_unseen(folds, of_trees, folder, judged, os.cpu_count() or 1):
        outcomes.append(outcome)
        progress.advance(task)
    of_real, of_made = outcomes[: len(real)], outcomes[len(real) :]
    of_known = [outcome for outcome, row in zip(of_real, real, strict=True) if of.is_known(row)]
    fit_thresholds = partial(
        preferring.fit_thresholds,
        of_known,
        of_made,
        crossvalidate.OFFER_THRESHOLD,
        certain=certain_proposers(of.name),
        precision=of.precision or preferring.PRECISION,
    )
    final = fit_thresholds()
    trees = fit_trees(table, seed, rounds)
    harmful = _harmful(trees, of_trees, final, folder, cases)
    final = fit_thresholds(harmful)
    curve = preferring.precision_curve(of_known or of_made)
    outcomes = [preferring.with_thresholds(outcome, final) for outcome in of_real or of_made]
    report = summarise(sources, outcomes) if sources else []
    facts = {
        "date": today(),
        "data": {
            "corpus": of.corpus,
            "rows": dict(Counter(row.id.rsplit("-", 1)[0] for row in (*made, *real))),
            "candidates": len(table.y),
            "sha256": rows_hash((*made, *real)),
        },
        "seed": seed,
        "cross_validated": {
            "folds": crossvalidate.FOLDS,
            "split": "by group",
            "preferred": curve,
            "never_preferred": sorted(harmful),
            "calibration_error": round(crossvalidate.calibration_error(outcomes), 4),
            "sources": report,
        },
    }
    write_trees(folder, trees.model_to_string(), of_trees, final, facts, measures.names)
    linear = fit_linear(table, seed, table)
    write_linear(folder, linear, of_linear, final, {"date": today(), "seed": seed}, measures.names)
    return report, outcomes, crossvalidate.chances_unseen(folds, of_trees, table)


def _harmful(
    trees: Any, calibration: Calibration, thresholds: Thresholds, folder: Path, cases: Sequence[Case]
) -> set[str]:
    """Return the proposers of first offers that would be preferred, and wrong, for one of the cases."""
    from quickfix_ls.training.crossvalidate import pipeline_of
    from quickfix_ls.training.run_cases import run_case

    pipeline = pipeline_of(trees.model_to_string().encode(), calibration, thresholds, folder)
    outcomes = (run_case(pipeline, case, Budget(_CASE_SECONDS)) for case in cases)
    return {
        source for outcome in outcomes if outcome.is_harmful for source in outcome.offers[0].candidate.source.split("+")
    }


def _print(report: list[dict[str, Any]]) -> None:
    from quickfix_ls.training.console_tables import print_tables

    if report:
        print_tables(report)
