"""The scores that the selectors gave, kept beside a comparison: a further model is then compared without fitting."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quickfix_ls.errors import UsageError
from quickfix_ls.training.stored import KEY
from research.selector_comparison.compare import Judged
from research.selector_comparison.splits import SCHEMES, Scheme

JudgedBy = Mapping[Scheme, Mapping[str, Judged]]


def keep(path: Path, table: pa.Table, judged: JudgedBy) -> None:
    """Write the scores and probabilities of every selector. Raises UsageError where the file can't be written."""
    columns = {name: table[name] for name in KEY}
    for scheme, selectors in judged.items():
        for name, one in selectors.items():
            columns[f"{scheme}.{name}.score"] = pa.array(one.scores)
            columns[f"{scheme}.{name}.probability"] = pa.array(one.probabilities)
    try:
        pq.write_table(pa.table(columns), path, compression="zstd")
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from error


def read_kept(path: Path, table: pa.Table) -> dict[Scheme, dict[str, Judged]]:
    """What `keep` wrote. Raises UsageError for what is something else, or of another candidate set."""
    try:
        kept = pq.read_table(path)
        same = kept.select(KEY).equals(table.select(KEY).replace_schema_metadata(None))
    except (OSError, pa.ArrowException, KeyError) as error:
        raise UsageError(f"{path}: no kept scores: {error}") from error
    if not same:
        raise UsageError(f"{path}: these are scores of another candidate set")
    found: dict[Scheme, dict[str, Judged]] = {}
    for scheme in SCHEMES:
        names = [name.split(".")[1] for name in kept.column_names if name.startswith(f"{scheme}.") and "score" in name]
        found[scheme] = {
            name: Judged(*(kept[f"{scheme}.{name}.{what}"].to_numpy() for what in ("score", "probability")))
            for name in names
        }
    return found
