"""Store a candidate set as a Parquet file, a row per candidate, so that all selectors are fitted and compared on it.

A candidate is identified by `row`, `step` and `place`, and the file is sorted by these. The candidates of a (row, step)
are a group, from which a selector picks one.

`x.<name>` is the feature with that name. `error` is the problem's type and message, `problem_line` the line of the
problem; `original` and `candidate` are the lines that the candidate touches, before and after, `above` and `below` the
lines around them, and `outside` the text that it adds elsewhere (an import at the top). `proposers` are all its
sources, in order; those of a language model are `model:<variant>`, in step 0 only, since models write complete repairs.
The file's metadata names the model and has the statistics of its answers. `edit_tokens` is the number of tokens that
the human changed in all. The labels are those of `labels.Labels`. `fold` is the part of a cross-validation whose test
set has the row, by `group`; to test on unseen sources, split by `source`.
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
"""The key of our JSON object in the file's metadata."""
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
"""The columns without `fold`, which can be computed only when all rows are known."""


def feature_hash(names: Sequence[str] = FEATURE_NAMES) -> str:
    """Return a digest of the names of features, which identifies them across versions of the code."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def table_of(candidates: Sequence[dict[str, Any]]) -> pa.Table:
    """Return the table of candidates, which are dictionaries with the columns of SCHEMA."""
    return pa.Table.from_pylist(list(candidates), SCHEMA)


def write_candidates(path: Path, table: pa.Table, facts: dict[str, Any]) -> None:
    """Write the set with its folds and its metadata; `facts` are added to these and describe how the set was made.

    Raises UsageError if the file can't be written.
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
    """Read a set and its metadata. Raises UsageError if it can't be read, ModelError if its features are not those of
    the code."""
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
    """Return the features of all candidates as a numpy array (candidates x features)."""
    import numpy as np

    return np.column_stack([table[_FEATURE + name].to_numpy() for name in FEATURE_NAMES])


def feature_columns(row: Sequence[float]) -> dict[str, float]:
    """Return a row of features as a dictionary of columns."""
    return {_FEATURE + name: value for name, value in zip(FEATURE_NAMES, row, strict=True)}


def keys_of(table: pa.Table) -> list[tuple[str, int, int]]:
    """Return the identifier of each candidate: row, step, place."""
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
