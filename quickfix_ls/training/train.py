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

from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.groups import Group, groups_of
from quickfix_ls.training.inputs import corpus_rows, data_files, proposing_pipeline, rows_hash
from quickfix_ls.training.model_files import SHIPPED, make_folder, put_in_place, today, write_linear, write_trees
from quickfix_ls.training.outcomes import considered, write_outcomes
from quickfix_ls.training.parallel import by_chunks
from quickfix_ls.training.rows import Outcome, Row, RowFile, read_source
from quickfix_ls.training.summary import summarise

CORPUS_ROWS, QUICK_ROWS = 8000, 150
_CHUNK = 24


def train(
    data: Sequence[Path],
    out: Path | None,
    seed: int = 0,
    *,
    quick: bool = False,
    outcomes_out: Path | None = None,
) -> int:
    """Train on broken correct code, and on the benchmark files in `data` (files or folders) where given.

    Writes plausibility.bin, lightgbm.txt and logistic.json with their cards to `out` (None: the package's own models),
    each atomically, and prints the cross-validated table. The same seed, data and installed packages give the same
    models. `outcomes_out` is a file for the results of each row, see `outcomes`. Raises UsageError for data that can't
    be read or a path that can't be written.
    """
    out = out or SHIPPED
    make_folder(out)
    sources = [read_source(path).fixable for path in data_files(data)]
    if outcomes_out is not None:
        write_outcomes(outcomes_out, [], [], {})
    console = Console(stderr=True)
    with (
        Progress(console=console, disable=not sys.stderr.isatty()) as progress,
        tempfile.TemporaryDirectory() as made,
    ):
        folder = Path(made)
        if not quick:
            _train_plausibility(folder, progress)
        wanted = QUICK_ROWS if quick else CORPUS_ROWS
        task = progress.add_task("Breaking correct code", total=wanted)
        rows = [*corpus_rows(seed, wanted, lambda: progress.advance(task))]
        rows += [row for source in sources for row in source.rows]
        groups = _groups(rows, folder, progress)
        report, outcomes, chances = _fit(groups, rows, sources, folder, seed, progress)
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
    rows: Sequence[Row],
    sources: Sequence[RowFile],
    folder: Path,
    seed: int,
    progress: Progress,
) -> tuple[list[dict[str, Any]], list[Outcome], list[list[float]]]:
    """Fit and cross-validate the ranking models, and write them and their cards.

    Returns the summaries of the rows of `sources`, their outcomes, and each group's probabilities, all by models that
    were not trained on the rows.
    """
    from quickfix_ls.training import crossvalidate
    from quickfix_ls.training.fitting import FeatureTable, fit_linear, fit_trees

    table = FeatureTable.of(groups)
    task = progress.add_task("Fitting folds", total=crossvalidate.FOLDS)
    folds = crossvalidate.cross_fit(table, seed, lambda: progress.advance(task))
    of_trees, of_linear = crossvalidate.calibrations(folds, table)
    real = [row for source in sources for row in source.rows]
    # There are few real rows with misspelt names, so thresholds for these are measured on artificial ones, too.
    made = [row for row in rows[: len(rows) - len(real)] if row.kind == "name" or not real]
    judged = [*real, *made]
    task = progress.add_task("Cross-validating", total=len(judged))
    # Every safe first offer counts as preferred at first; the threshold is applied to these outcomes afterwards.
    judges = crossvalidate.pipelines(
        folds, of_trees, proposing_pipeline(folder), Thresholds(crossvalidate.OFFER_THRESHOLD, 0)
    )
    outcomes: list[Outcome] = []
    for outcome in crossvalidate.outcomes_unseen(folds, judges, judged):
        outcomes.append(outcome)
        progress.advance(task)
    of_real = outcomes[: len(real)] or outcomes
    curve = crossvalidate.precision_curve(of_real)
    final = crossvalidate.fit_thresholds(of_real, outcomes, crossvalidate.OFFER_THRESHOLD)
    outcomes = [crossvalidate.with_thresholds(outcome, final) for outcome in of_real]
    report = summarise(sources, outcomes) if sources else []
    facts = {
        "date": today(),
        "data": {
            "corpus": "correct code of the standard library and installed packages, broken by realistic errors",
            "rows": dict(Counter(row.id.rsplit("-", 1)[0] for row in rows)),
            "candidates": len(table.y),
            "sha256": rows_hash(rows),
        },
        "seed": seed,
        "cross_validated": {
            "folds": crossvalidate.FOLDS,
            "split": "by group",
            "preferred": curve,
            "calibration_error": round(crossvalidate.calibration_error(outcomes), 4),
            "sources": report,
        },
    }
    write_trees(folder, fit_trees(table, seed).model_to_string(), of_trees, final, facts)
    write_linear(folder, fit_linear(table, seed, table), of_linear, final, {"date": today(), "seed": seed})
    return report, outcomes, crossvalidate.chances_unseen(folds, of_trees, table)


def _print(report: list[dict[str, Any]]) -> None:
    from quickfix_ls.training.console_tables import print_tables

    if report:
        print_tables(report)
