"""`quickfix-ls train --candidates`: fit the ranking models to a stored candidate set, in a minute or two."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.progress import Progress

from quickfix_ls.training import crossvalidate
from quickfix_ls.training.candidate_arrays import Candidates, Floats, calibrated, picks
from quickfix_ls.training.fitting import fit_linear, fit_trees
from quickfix_ls.training.model_files import (
    SHIPPED,
    make_folder,
    put_in_place,
    today,
    write_linear,
    write_trees,
)
from quickfix_ls.training.preferring import fit_thresholds
from quickfix_ls.training.rows import Outcome, Prediction, Row
from quickfix_ls.training.stored import read_candidates
from quickfix_ls.training.subjects import certain_proposers

MADE_UP = frozenset({"corpus", "typos"})
"""The sources of artificially broken code."""


def refit(path: Path, out: Path | None, seed: int = 0) -> int:
    """Write lightgbm.txt and logistic.json with their cards to `out` (None: the package's own models); return 0.

    Each file is written atomically. A candidate is right if it is accepted and executes. The thresholds of preferred
    offers are measured on the best candidates of single steps that complete a repair, while `train` measures them on
    whole repairs. The same set and seed give the same models. Raises UsageError if `path` is not a candidate set or the
    folder can't be written, ModelError for a set with other features.
    """
    stored, facts = read_candidates(path)
    candidates = Candidates.of(stored)
    make_folder(out or SHIPPED)
    table = candidates.table(candidates.right)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("Fitting folds", total=crossvalidate.FOLDS)
        folds = crossvalidate.cross_fit(table, seed, lambda: progress.advance(task))
    of_trees, of_linear = crossvalidate.calibrations(folds, table)
    outcomes = _outcomes(stored, candidates, calibrated(of_trees, folds.trees, candidates))
    real = [outcome for outcome in outcomes if outcome.row.id not in MADE_UP]
    artificial = [outcome for outcome in outcomes if outcome.row.id in MADE_UP]
    thresholds = fit_thresholds(real, artificial, crossvalidate.OFFER_THRESHOLD, certain=certain_proposers("python"))
    stated = {
        "date": today(),
        "data": {"sources": facts["sources"], "candidates": len(table.y), "sha256": facts["rows_sha256"]},
        "seed": seed,
        "cross_validated": {
            "folds": crossvalidate.FOLDS,
            "split": "by group",
            "thresholds": "first picks of single steps",
            "calibration_error": round(crossvalidate.calibration_error(outcomes), 4),
        },
    }
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_trees(folder, fit_trees(table, seed).model_to_string(), of_trees, thresholds, stated)
        write_linear(folder, fit_linear(table, seed, table), of_linear, thresholds, {"date": today(), "seed": seed})
        put_in_place(folder, out or SHIPPED)
    return 0


def _outcomes(stored: pa.Table, candidates: Candidates, chances: Floats) -> list[Outcome]:
    """Return the best candidate of each problem as an outcome, with the source as its row's id."""
    complete, safe, proposers = (stored[name].to_pylist() for name in ("complete", "safe", "proposers"))
    firsts = candidates.first(candidates.step) == 0
    found = []
    for place in picks(chances, candidates)[firsts]:
        row = Row(
            str(candidates.source[place]), str(candidates.kind[place]), "", "", "", 1, int(candidates.size[place])
        )
        first = Prediction("", float(chances[place]), proposers[place][0], ())
        rank = 0 if candidates.right[place] and complete[place] else None
        found.append(Outcome(row, 0.0, (), (first,), safe[place] and complete[place], True, rank, leads=rank == 0))
    return found
