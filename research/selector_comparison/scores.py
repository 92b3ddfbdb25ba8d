"""Scores of a model that was fitted elsewhere, such as the cross-encoder: which candidates it scored, and how it was
made.

Its file is Parquet with `row`, `step`, `place` and `score` (higher is better); `split` says by which scheme the model
did not see a candidate (`folds` or `unseen`; `folds` where there is no such column). Only groups that are scored as a
whole count. What the model costs and how it was trained stands in the file's metadata under `quickfix_ls`, JSON:
`latency_ms` for groups of 8 and 32, `lightgbm_ms` for the same in the same run, `load_ms`, `memory_mb`, `size_mb`, and
`trained` in words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from quickfix_ls.errors import UsageError
from quickfix_ls.training.candidate_arrays import Candidates, Flags, Floats
from quickfix_ls.training.stored import KEY, META, keys_of
from research.selector_comparison.splits import SCHEMES, Scheme


@dataclass(frozen=True)
class Scores:
    """For each scheme the scores of all candidates, nan where there is none; `facts` are those of the metadata."""

    of: dict[Scheme, Floats]
    facts: dict[str, Any]


def read_scores(path: Path, table: pa.Table) -> Scores:
    """The scores of a file for a candidate set. Raises UsageError where it can't be read, or scores none of them."""
    try:
        stored = pq.read_table(path)
        values = [float(score) for score in stored["score"].to_pylist()]
        keys = keys_of(stored.select(KEY))
        facts = json.loads((stored.schema.metadata or {}).get(META, b"{}"))
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: no scores: {error}") from error
    splits = stored["split"].to_pylist() if "split" in stored.column_names else ["folds"] * len(keys)
    wanted = keys_of(table)
    found: dict[Scheme, Floats] = {}
    for scheme in SCHEMES:
        known = {key: value for key, value, split in zip(keys, values, splits, strict=True) if split == scheme}
        scores = np.array([known.get(key, np.nan) for key in wanted])
        if not np.isnan(scores).all():
            found[scheme] = scores
    if not found:
        raise UsageError(f"{path}: it scores none of these candidates")
    return Scores(found, facts)


def scored_as_a_whole(scores: Floats, candidates: Candidates) -> Flags:
    """Which candidates stand in a group that has a score for each."""
    lacking = np.bincount(candidates.choice, np.isnan(scores)) > 0
    found: Flags = ~lacking[candidates.choice]
    return found
