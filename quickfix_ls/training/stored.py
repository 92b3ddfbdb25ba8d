"""The candidate set as a file: Parquet, one row a candidate, so that selectors are fitted and compared on the same.

A candidate is named by `row`, `step` and `place`. The order is that of the rows, then steps, then places; one
(row, step) is a group, out of which a selector picks.

`x.<name>` is the feature of that name. `error` is the problem's type and message, `problem_line` the line that it
stands in; `original` and `candidate` are the lines that the candidate touches, before and after, `above` and `below`
those around them, and `outside` what it adds elsewhere (an import at the top). `proposers` are all who proposed it, in
turn; a model's variants are `model:<variant>`, in step 0 alone, since they write whole repairs, and which model it was
and what became of its answers is stated in the file. `edit_tokens` is how many tokens the human changed in all. The
labels are those of `labels.Labels`. `fold` is the part of a cross-validation that tests on it, by `group`; to test on
sources that were not seen, split by `source`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quickfix_ls.errors import ModelError, UsageError
from quickfix_ls.languages.python.measures import FEATURE_NAMES

FOLDS = 5
KEY = ("row", "step", "place")
_VERSION = 1
META = b"quickfix_ls"
"""Under which key a file of ours has what is stated of it, JSON."""
_FEATURE = "x."

SCHEMA = pa.schema(
    [
        ("row", pa.string()), ("step", pa.int16()), ("place", pa.int16()),
        ("source", pa.string()), ("kind", pa.string()), ("group", pa.string()), ("edit_tokens", pa.int32()),
        ("proposers", pa.list_(pa.string())), ("safe", pa.bool_()), ("complete", pa.bool_()),
        ("error", pa.string()), ("problem_line", pa.string()),
        ("above", pa.string()), ("original", pa.string()), ("below", pa.string()),
        ("candidate", pa.string()), ("outside", pa.string()),
        ("leads", pa.bool_()), ("exact", pa.bool_()), ("passes", pa.bool_()),
        ("accepted", pa.bool_()), ("executes", pa.bool_()),
        *((_FEATURE + name, pa.float64()) for name in FEATURE_NAMES),
    ]
)  # fmt: skip
"""Without `fold`, which is known once all rows are."""


def feature_hash(names: Sequence[str] = FEATURE_NAMES) -> str:
    """What tells the features of one version of the code from another's."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def table_of(candidates: Sequence[dict[str, Any]]) -> pa.Table:
    """The table of candidates, dictionaries with the columns of SCHEMA."""
    return pa.Table.from_pylist(list(candidates), SCHEMA)


def write_candidates(path: Path, table: pa.Table, facts: dict[str, Any]) -> None:
    """Write the set with its folds and what has to be known of it; `facts` say how it came about.

    Raises UsageError where the file can't be written.
    """
    table = table.append_column("fold", pa.array(_folds(table["group"].to_pylist()), pa.int8()))
    meta = {
        "version": _VERSION,
        "features": list(FEATURE_NAMES),
        "feature_hash": feature_hash(),
        "split": {"folds": FOLDS, "column": "fold", "by": "group", "unseen": "source"},
        "sources": dict(sorted(Counter(table["source"].to_pylist()).items())),
        **facts,
    }
    try:
        pq.write_table(table.replace_schema_metadata({META: json.dumps(meta)}), path, compression="zstd")
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from error


def read_candidates(path: Path) -> tuple[pa.Table, dict[str, Any]]:
    """The set and what is stated of it. Raises UsageError where it can't be read, ModelError where its features are not
    the code's."""
    try:
        table = pq.read_table(path)
        meta = json.loads(table.schema.metadata[META])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: no candidate set: {error}") from error
    if meta.get("version") != _VERSION or meta.get("feature_hash") != feature_hash():
        raise ModelError(
            f"{path} holds candidates with other features than the code's. Make it anew with `quickfix-ls candidates`."
        )
    return table, meta


def features_of(table: pa.Table) -> Any:
    """The features of all candidates as a numpy array (candidates x features)."""
    import numpy as np

    return np.column_stack([table[_FEATURE + name].to_numpy() for name in FEATURE_NAMES])


def feature_columns(row: Sequence[float]) -> dict[str, float]:
    """One row of features as columns."""
    return {_FEATURE + name: value for name, value in zip(FEATURE_NAMES, row, strict=True)}


def keys_of(table: pa.Table) -> list[tuple[str, int, int]]:
    """The name of each candidate: row, step, place."""
    return list(zip(*(table[name].to_pylist() for name in KEY), strict=True))


def _folds(groups: Sequence[str]) -> list[int]:
    from sklearn.model_selection import GroupKFold

    folds = [0] * len(groups)
    if len(set(groups)) < FOLDS:
        return folds
    for number, (_, tested) in enumerate(GroupKFold(FOLDS).split(groups, groups=groups)):
        for place in tested:
            folds[place] = number
    return folds
