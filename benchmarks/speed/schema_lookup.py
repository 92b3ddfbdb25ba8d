"""The memory that a large schema takes, and the time of a look-up in it: python benchmarks/speed/schema_lookup.py

The schema has 5,000 tables of 50 columns, as a cache of it is read, with names made of words as people make them.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

TABLES, COLUMNS = 5000, 50
LOOK_UPS = 200
MAX_MEGABYTES, MAX_MS = 300, 10
WORDS = (
    *("account", "address", "amount", "article", "batch", "billing", "category", "channel", "city", "code", "contract"),
    *("country", "created", "currency", "customer", "date", "delivery", "discount", "email", "employee", "event"),
    *("factor", "flag", "group", "hash", "history", "invoice", "item", "kind", "label", "last", "level", "line"),
    *("location", "market", "name", "number", "order", "origin", "owner", "parent", "payment", "period", "phone"),
    *("plan", "position", "price", "product", "project", "quantity", "rate", "reason", "region", "score", "shipment"),
    *("source", "state", "status", "stock", "street", "supplier", "target", "tax", "team", "total", "type", "unit"),
    *("updated", "user", "value", "vendor", "version", "warehouse", "weight", "year", "zone"),
)


def main() -> int:
    """Print the figures; return 1 if one exceeds its limit."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    from quickfix_ls.schema.json_file import read_json

    made = random.Random(5)
    pairs = [(one, other) for one in WORDS for other in WORDS if one != other]
    tables = {
        f"{'_'.join(made.sample(WORDS, 2))}_{number}": {
            "_".join(pair): made.choice(("INTEGER", "TEXT", "NUMERIC(10, 2)")) for pair in made.sample(pairs, COLUMNS)
        }
        for number in range(TABLES)
    }
    before = _megabytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "schema.json")
        path.write_text(json.dumps(tables), encoding="utf-8")
        began = time.perf_counter()
        schema = read_json(str(path))
        reading = time.perf_counter() - began
    began = time.perf_counter()
    names = list(schema.with_column)
    prepared = time.perf_counter() - began
    asked = [(made.choice(list(tables)), made.choice(names)) for _ in range(LOOK_UPS)]

    table_names = [table.name for table in schema.tables]

    def exact(table: str, column: str) -> None:
        known = schema.table(table.upper())
        assert known is not None
        known.column(column)
        assert schema.with_column[column]

    def near_column(table: str, column: str) -> None:
        known = schema.table(table)
        assert known is not None
        process.extract(column[1:], [one.name for one in known.columns], scorer=Indel.normalized_similarity, limit=5)

    def near_table(table: str, column: str) -> None:
        found = process.extract(table[1:], table_names, scorer=Indel.normalized_similarity, score_cutoff=0.6, limit=5)
        assert found[0][0] == table

    def near_anywhere(table: str, column: str) -> None:
        process.extract(column[1:], names, scorer=Indel.normalized_similarity, score_cutoff=0.6, limit=5)

    ways = (exact, near_column, near_table, near_anywhere)
    figures = [(look.__name__, _ms(look, asked)) for look in ways]
    memory = _megabytes() - before
    print(f"{TABLES} tables x {COLUMNS} columns, {len(names)} different names of columns")
    print(f"read in {reading:.2f} s; index of columns in {prepared:.2f} s; memory {memory:.0f} MB")
    for name, ms in figures:
        print(f"look-up {name}: {ms:.3f} ms")
    return 0 if memory < MAX_MEGABYTES and all(ms < MAX_MS for _, ms in figures) else 1


def _ms(look: Callable[[str, str], None], asked: Sequence[tuple[str, str]]) -> float:
    """Return the median time of a look-up in milliseconds."""
    times = []
    for table, column in asked:
        began = time.perf_counter()
        look(table, column)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def _megabytes() -> float:
    """Return the most memory that the process has taken so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
