"""Make the models anew: the token language model, then the candidates of broken code, then what ranks them."""

from __future__ import annotations

import asyncio
import datetime
import hashlib
import json
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from quickfix_ls.errors import UsageError
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.features import FEATURE_NAMES
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.corpus import corpus, corpus_files
from quickfix_ls.training.groups import Group, groups_of
from quickfix_ls.training.rows import Outcome, Row, Source, read_source
from quickfix_ls.training.summary import summarise

SHIPPED = Path(__file__).parents[1] / "models"
CORPUS_ROWS, QUICK_ROWS = 5000, 150
OFFER_THRESHOLD = 0.08
"""Below this chance of being right, an offer is noise, and we stay silent."""
_LINEAR_PREFER = 0.97
"""The logistic regression serves only where LightGBM can't, unmeasured: it must be surer."""
_CHUNK = 24


def train(data: Sequence[Path], out: Path | None, seed: int = 0, *, quick: bool = False) -> int:
    """Train on broken correct code, and on the benchmark files in `data` (files or folders) where given.

    Writes plausibility.bin, lightgbm.txt and logistic.json with their cards into `out` (the package's own models
    where None), whole or not at all, and prints the cross-validated table. The same seed, data and installed
    packages give the same models. Raises UsageError for data that can't be read or a folder that can't be written.
    """
    out = out or SHIPPED
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{out}: can't be written: {error.strerror}") from error
    sources = [read_source(path) for path in _files(data)]
    console = Console(stderr=True)
    with (
        Progress(console=console, disable=not sys.stderr.isatty()) as progress,
        tempfile.TemporaryDirectory() as made,
    ):
        folder = Path(made)
        if not quick:
            _train_plausibility(folder, progress)
        rows = [*_corpus_rows(seed, QUICK_ROWS if quick else CORPUS_ROWS, progress)]
        rows += [row for source in sources for row in source.rows]
        groups = _groups(rows, folder, progress)
        report = _fit(groups, rows, sources, folder, seed, progress)
        for path in sorted(folder.iterdir()):
            _replace(path, out / path.name)
    _print(report)
    return 0


def _files(data: Sequence[Path]) -> list[Path]:
    """The benchmark files that hold rows of Python with a fix."""
    found = []
    for path in data:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        found += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return found


def _train_plausibility(folder: Path, progress: Progress) -> None:
    from quickfix_ls.training.plausibility import train_plausibility
    from quickfix_ls.training.sources import plausibility_files

    task = progress.add_task("Language model", total=None)
    train_plausibility(
        plausibility_files(),
        folder / "plausibility.bin",
        date=_today(),
        progress=lambda done, total: progress.update(task, completed=done, total=total),
    )


def _corpus_rows(seed: int, n: int, progress: Progress) -> Iterator[Row]:
    task = progress.add_task("Breaking correct code", total=n)
    for made in corpus(seed, n, corpus_files()):
        progress.advance(task)
        yield Row(
            made["id"], made["kind"], made["broken"], made["fixed"], made["error"], made["line"],
            made["edit_tokens"], made["group"],
        )  # fmt: skip


def _groups(rows: Sequence[Row], folder: Path, progress: Progress) -> list[Group]:
    """The candidates of all rows, in the order of the rows whatever the number of processes."""
    task = progress.add_task("Candidates", total=len(rows))
    chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    groups: list[Group] = []
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        for chunk, found in zip(chunks, pool.map(partial(_groups_of_chunk, folder), chunks), strict=True):
            groups += found
            progress.advance(task, len(chunk))
    return groups


def _groups_of_chunk(folder: Path, rows: Sequence[Row]) -> list[Group]:
    async def collect() -> list[Group]:
        return [group for row in rows for group in await groups_of(_base(folder), row)]

    return asyncio.run(collect())


@cache
def _base(folder: Path) -> Pipeline:
    """A pipeline that only proposes: it needs no ranking model yet."""
    from quickfix_ls.analysis.importable import Importables
    from quickfix_ls.ranking.loader import load_selector

    path = folder / "plausibility.bin"
    plausibility = Plausibility.load(path if path.exists() else None)
    return Pipeline(load_selector("first", FEATURE_NAMES), Thresholds(0, 2), plausibility, Importables())


def _fit(
    groups: Sequence[Group],
    rows: Sequence[Row],
    sources: Sequence[Source],
    folder: Path,
    seed: int,
    progress: Progress,
) -> list[dict[str, Any]]:
    """Fit, cross-validate, write the ranking models and their cards; the summaries of the rows of `sources`."""
    from quickfix_ls.training import crossvalidate
    from quickfix_ls.training.fitting import Table, fit_linear, fit_trees

    table = Table.of(groups)
    task = progress.add_task("Fitting folds", total=crossvalidate.FOLDS)
    for step in crossvalidate.cross_fit(table, seed):
        if isinstance(step, int):
            progress.update(task, completed=step)
        else:
            folds = step
    of_trees, of_linear = crossvalidate.calibrations(folds, table)
    real = [row for source in sources for row in source.rows]
    # People's own rows are few where names are concerned: what mends them is judged by made-up slips, too.
    made = [row for row in rows[: len(rows) - len(real)] if row.kind == "name" or not real]
    judged = [*real, *made]
    task = progress.add_task("Cross-validating", total=len(judged))
    # Every safe first offer counts as preferred at first; the threshold is laid over these outcomes afterwards.
    judges = crossvalidate.pipelines(folds, of_trees, _base(folder), Thresholds(OFFER_THRESHOLD, 0))
    outcomes: list[Outcome] = []
    for outcome in crossvalidate.outcomes_unseen(folds, judges, judged):
        outcomes.append(outcome)
        progress.advance(task)
    of_real = outcomes[: len(real)] or outcomes
    curve = crossvalidate.precision_curve(of_real)
    final = crossvalidate.fit_thresholds(of_real, outcomes, OFFER_THRESHOLD)
    outcomes = [crossvalidate.with_thresholds(one, final) for one in of_real]
    report = summarise(sources, outcomes) if sources else []
    text = fit_trees(table, seed).model_to_string().encode()
    linear = fit_linear(table, seed, table)
    common = {
        "date": _today(),
        "data": {
            "corpus": "correct code of the standard library and installed packages, broken by realistic errors",
            "rows": dict(Counter(row.id.rsplit("-", 1)[0] for row in rows)),
            "candidates": len(table.y),
            "sha256": _hash(rows),
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
    (folder / "lightgbm.txt").write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    _write_card(folder / "lightgbm.json", {"sha256": digest, **_card(of_trees, final), **common})
    of_linear_card = _card(of_linear, replace(final, prefer=max(final.prefer, _LINEAR_PREFER), by_source={}))
    fitted = {"bias": linear.bias, "terms": linear.terms, "date": _today(), "seed": seed}
    _write_card(folder / "logistic.json", {**of_linear_card, **fitted})
    return report


def _hash(rows: Sequence[Row]) -> str:
    text = "\n".join(f"{row.id}\0{row.broken}" for row in rows)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _card(calibration: Calibration, thresholds: Thresholds) -> dict[str, Any]:
    return {
        "features": list(FEATURE_NAMES),
        "offer_threshold": thresholds.offer,
        "prefer_threshold": thresholds.prefer,
        "prefer_by_source": dict(thresholds.by_source),
        "calibration": calibration.as_card(),
    }


def _write_card(path: Path, card: dict[str, Any]) -> None:
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _replace(path: Path, target: Path) -> None:
    """Put a finished file in its place in one step."""
    beside = target.with_name(target.name + ".new")
    try:
        beside.write_bytes(path.read_bytes())
        os.replace(beside, target)
    except OSError as error:
        raise UsageError(f"{target}: can't be written: {error.strerror}") from error


def _print(report: list[dict[str, Any]]) -> None:
    from quickfix_ls.training.tables import print_tables

    if report:
        print_tables(report)


def _today() -> str:
    return datetime.date.today().isoformat()
