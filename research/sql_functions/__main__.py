"""`python -m research.sql_functions [--postgres ADDRESS ...]`: write the tables of built-in functions."""

from __future__ import annotations

import argparse
from pathlib import Path

import quickfix_ls
from research.sql_functions.duckdb_catalogue import duckdb_functions
from research.sql_functions.sqlite import sqlite_functions

_FOLDER = Path(quickfix_ls.__file__).parent / "languages/sql/functions"


def main() -> None:
    """Ask each engine and write its table."""
    parser = argparse.ArgumentParser(prog="python -m research.sql_functions", description=main.__doc__)
    parser.add_argument("--postgres", action="append", default=[], metavar="ADDRESS", help="host=... user=...")
    addresses = parser.parse_args().postgres
    tables = {"sqlite": sqlite_functions(), "duckdb": duckdb_functions()}
    if addresses:
        from research.sql_functions.postgres import postgres_functions

        tables["postgres"] = postgres_functions(addresses)
    for dialect, table in tables.items():
        table.write(_FOLDER / f"{dialect}.json")
        print(dialect, table.engines, {kind: len(names) for kind, names in table.kinds.items()})


if __name__ == "__main__":
    main()
