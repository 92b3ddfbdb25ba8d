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

from quickfix_ls.languages.python.breaking.everyday import all_everyday
from quickfix_ls.pipeline import Budget
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.cases import Case
from quickfix_ls.training.groups import Group, groups_of
from quickfix_ls.training.inputs import corpus_rows, data_files, proposing_pipeline, rows_hash
from quickfix_ls.training.model_files import SHIPPED, make_folder, put_in_place, today, write_linear, write_trees
from quickfix_ls.training.outcomes import considered, write_outcomes
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Outcome, Row, RowFile, read_source
from quickfix_ls.training.subjects import certain_proposers
from quickfix_ls.training.summary import summarise

CORPUS_ROWS, QUICK_ROWS = 5000, 150
EVERYDAY_EACH, QUICK_EACH = 40, 1
"""The number of rows for each error of an everyday hour (`breaking.everyday`)."""
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
) -> int:
    """Train on broken correct code, and on the benchmark files in `data` (files or folders) where given.

    Writes plausibility.bin, lightgbm.txt and logistic.json with their cards to `out` (None: the package's own models),
    each atomically, and prints the cross-validated table; with `keep_token_model`, plausibility.bin stays as shipped.
    Nothing is learned from cases, but a proposer that is preferred and wrong for one of them is never preferred. The
    same seed, data and installed packages give the same models. `outcomes_out` is a file for the results of each row,
    see `outcomes`. Raises UsageError for data that can't be read or a path that can't be written.
    """
    out = out or SHIPPED
    make_folder(out)
    read = [read_source(path) for path in data_files(data)]
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
            _train_plausibility(folder, progress)
        wanted, each = (QUICK_ROWS, QUICK_EACH) if quick else (CORPUS_ROWS, EVERYDAY_EACH)
        task = progress.add_task("Breaking correct code", total=wanted + each * len(all_everyday()))
        made = [*corpus_rows(seed, wanted, each, partial(progress.advance, task), os.cpu_count() or 1)]
        rows = [*made, *(row for source in sources for row in source.rows)]
        groups = _groups(rows, folder, progress)
        report, outcomes, chances = _fit(groups, made, sources, cases, folder, seed, progress)
        if outcomes_out is not None:
            write_outcomes(outcomes_out, sources, outcomes, considered(groups, chances))
        put_in_place(folder, out)
    _print(report)
    return 0


def _train_plausibility(folder: Path, progress: Progress) -> None:
    from quickfix_ls.training.plausibility import train_plausibility
    from quickfix_ls.training.source_files import plausibility_files

    task = progress.add_task("Language model", total=None)
    train_plausibility(
        plausibility_files(),
        folder / "plausibility.bin",
        date=today(),
        progress=lambda done, total: progress.update(task, completed=done, total=total),
    )


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
        return [group for row in rows for group in await groups_of(proposing_pipeline(folder), row)]

    return asyncio.run(collect())


def _fit(
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
    from quickfix_ls.training.fitting import FeatureTable, fit_linear, fit_trees

    table = FeatureTable.of(groups)
    task = progress.add_task("Fitting folds", total=crossvalidate.FOLDS)
    folds = crossvalidate.cross_fit(table, seed, lambda: progress.advance(task))
    of_trees, of_linear = crossvalidate.calibrations(folds, table)
    real = [row for source in sources for row in source.rows]
    judged = [*real, *made[:: max(1, len(made) // _JUDGED)]]
    task = progress.add_task("Cross-validating", total=len(judged))
    outcomes: list[Outcome] = []
    for outcome in crossvalidate.outcomes_unseen(folds, of_trees, folder, judged, os.cpu_count() or 1):
        outcomes.append(outcome)
        progress.advance(task)
    of_real, of_made = outcomes[: len(real)], outcomes[len(real) :]
    fit_thresholds = partial(
        preferring.fit_thresholds, of_real, of_made, crossvalidate.OFFER_THRESHOLD, certain=certain_proposers("python")
    )
    final = fit_thresholds()
    trees = fit_trees(table, seed)
    harmful = _harmful(trees, of_trees, final, folder, cases)
    final = fit_thresholds(harmful)
    curve = preferring.precision_curve(of_real or of_made)
    outcomes = [preferring.with_thresholds(outcome, final) for outcome in of_real or of_made]
    report = summarise(sources, outcomes) if sources else []
    facts = {
        "date": today(),
        "data": {
            "corpus": "correct code of the standard library and installed packages, broken by realistic errors",
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
    write_trees(folder, trees.model_to_string(), of_trees, final, facts)
    write_linear(folder, fit_linear(table, seed, table), of_linear, final, {"date": today(), "seed": seed})
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
