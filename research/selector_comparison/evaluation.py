"""`python -m research.selector_comparison`: the whole comparison from a stored candidate set, as one JSON file."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.console import Console
from rich.progress import Progress

from quickfix_ls.errors import UsageError
from quickfix_ls.training.candidate_arrays import Candidates, Floats
from quickfix_ls.training.stored import read_candidates
from research.selector_comparison.compare import (
    MAIN,
    Advance,
    Judged,
    against,
    calibrated_by_halves,
    judge_all,
    report,
)
from research.selector_comparison.importance import FAMILIES, ablations, importance
from research.selector_comparison.kept import JudgedBy, keep, read_kept
from research.selector_comparison.pool import pools
from research.selector_comparison.scores import Scores, read_scores, scored_as_a_whole
from research.selector_comparison.significance import Bootstrap
from research.selector_comparison.splits import SCHEMES, splits
from research.selector_comparison.tables import print_comparison
from research.selector_comparison.timing import timing
from research.selector_comparison.ways import TUNED, WAYS

_BESIDE = ("first", "majority", "logistic", MAIN)
"""What a model that was fitted elsewhere is compared with."""


@dataclass(frozen=True, slots=True)
class Files:
    """The `candidates`, and by name the `scores` of models that were fitted elsewhere; where the figures go (`out`,
    JSON), and where the selectors' own scores are kept (`kept`, Parquet)."""

    candidates: Path
    scores: Mapping[str, Path] = field(default_factory=dict)
    out: Path | None = None
    kept: Path | None = None


def evaluate_candidates(files: Files, seed: int = 0) -> int:
    """Compare all selectors on a candidate set, and on the part of it that `scores` cover, those models too. Prints
    tables, writes the figures, and returns 0.

    Raises UsageError for files that can't be read or written, ModelError for a set with other features.
    """
    table, facts = read_candidates(files.candidates)
    candidates = Candidates.of(table)
    elsewhere = _elsewhere(files, table)
    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
        fits = sum(1 for scheme in SCHEMES for _ in splits(candidates, scheme))
        task = progress.add_task("Comparing", total=fits * (len(WAYS) + len(TUNED)) + len(SCHEMES) * len(FAMILIES))
        judged = {scheme: judge_all(candidates, scheme, seed, lambda: progress.advance(task)) for scheme in SCHEMES}
        if files.kept is not None:
            keep(files.kept, table, judged)
        figures = compare(candidates, judged, seed, lambda: progress.advance(task))
    comparison = {"version": 1, "set": facts, "python": platform.python_version(), **figures}
    _say(comparison, candidates, judged, elsewhere, files)
    return 0


def add_scores(files: Files) -> int:
    """Put models that were fitted elsewhere beside the selectors in a comparison that was made before: `out` and `kept`
    are read, nothing is fitted. Raises UsageError where one of them is missing or of another set."""
    if files.out is None or files.kept is None:
        raise UsageError("--add needs --json and --keep, as a comparison has left them")
    table, facts = read_candidates(files.candidates)
    try:
        comparison = json.loads(files.out.read_bytes())
        same = comparison["set"] == facts
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{files.out}: no comparison: {error}") from error
    if not same:
        raise UsageError(f"{files.out}: this is a comparison of another candidate set")
    _say(comparison, Candidates.of(table), read_kept(files.kept, table), _elsewhere(files, table), files)
    return 0


def compare(candidates: Candidates, judged: JudgedBy, seed: int, advance: Advance) -> dict[str, Any]:
    """All that is compared, but for models from elsewhere, in JSON's types."""
    return {
        "labels": _labels(candidates),
        "schemes": {scheme: report(candidates, dict(judged[scheme])) for scheme in SCHEMES},
        "importance": importance(candidates, seed),
        "ablations": ablations(candidates, seed, advance),
        "pools": pools(candidates, judged["folds"][MAIN], seed),
        "timing": timing(candidates),
    }


def beside(candidates: Candidates, judged: Mapping[str, Judged], name: str, scores: Floats) -> dict[str, Any]:
    """A model's figures beside the selectors', all on the groups that it scored; nan stands for no score."""
    covered = scored_as_a_whole(scores, candidates)
    some = candidates.only(covered)
    theirs = calibrated_by_halves(some, scores[covered])
    ours = {one: Judged(judged[one].scores[covered], judged[one].probabilities[covered]) for one in _BESIDE}
    bootstrap = Bootstrap(some.owner)
    return {
        **report(some, {**ours, name: theirs}),
        "its_tests": [against(some, theirs, ours[one], one, bootstrap) for one in _BESIDE],
    }


def _elsewhere(files: Files, table: pa.Table) -> dict[str, Scores]:
    return {name: read_scores(file, table) for name, file in files.scores.items()}


def _say(
    comparison: dict[str, Any],
    candidates: Candidates,
    judged: JudgedBy,
    elsewhere: Mapping[str, Scores],
    files: Files,
) -> None:
    """Print and write a comparison with the models from elsewhere beside it."""
    comparison["elsewhere"] = {
        name: {
            "facts": one.facts,
            "schemes": {scheme: beside(candidates, judged[scheme], name, scores) for scheme, scores in one.of.items()},
        }
        for name, one in elsewhere.items()
    }
    print_comparison(comparison)
    if files.out is not None:
        try:
            files.out.write_text(json.dumps(comparison, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{files.out}: can't be written: {error.strerror}") from error


def _labels(candidates: Candidates) -> dict[str, float]:
    return {
        "accepted": float(candidates.accepted.mean()),
        "executes": float(candidates.executes.mean()),
        "executes_of_accepted": float(candidates.executes[candidates.accepted].mean()),
        "executes_of_others": float(candidates.executes[~candidates.accepted].mean()),
    }
