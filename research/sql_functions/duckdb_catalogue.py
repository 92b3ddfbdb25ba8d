"""DuckDB's functions, from `duckdb_functions()`, and those that only its parser and binder know."""

from __future__ import annotations

import duckdb

from research.sql_functions.table import ANY, FunctionTable, unlisted

_KINDS = {
    "scalar": "scalar",
    "macro": "scalar",
    "aggregate": "aggregate",
    "window": "window",
    "table": "table",
    "table_macro": "table",
    "pragma": "table",
}
_SCALARS = (
    ("coalesce", 1, ANY),
    ("ifnull", 2, 2),
    ("nullif", 2, 2),
    ("try", 1, 1),
    ("grouping", 1, ANY),
    ("grouping_id", 1, ANY),
    ("columns", 1, 1),
    ("unpack", 1, 1),
    ("extract", 1, 1),
    ("cast", 1, 1),
    ("try_cast", 1, 1),
    ("overlay", 3, 4),
    ("position", 1, 2),
    ("date", 1, 1),
    ("unnest", 1, 3),
    ("map", 0, 2),
    ("struct", 0, ANY),
    ("union_value", 1, 1),
    ("alias", 1, 1),
)
_AGGREGATES = (("percentile_cont", 1, 1), ("percentile_disc", 1, 1), ("mode", 0, 1))
_WINDOWS = (("lag", 1, 3), ("lead", 1, 3))
_EXTENSIONS = {
    "scalar": ("stem", "match_bm25", "levenshtein", "excel_text", "text", "getenv", "load_aws_credentials"),
    "table": (
        "read_xlsx",
        "postgres_scan",
        "postgres_query",
        "sqlite_scan",
        "sqlite_query",
        "mysql_scan",
        "mysql_query",
        "iceberg_scan",
        "delta_scan",
        "read_avro",
        "st_read",
        "read_gsheet",
    ),
}
"""Functions of extensions that DuckDB loads by itself or on request: https://duckdb.org/docs/extensions."""


def duckdb_functions() -> FunctionTable:
    """Return the table of DuckDB's functions."""
    table = FunctionTable([f"DuckDB {duckdb.__version__}"])
    query = """
        SELECT function_name, function_type, len(parameters), varargs IS NOT NULL, function_type LIKE '%macro'
        FROM duckdb_functions()
    """
    for name, kind, count, is_open, is_macro in duckdb.connect().execute(query).fetchall():
        if not name.replace("_", "").isalnum():
            continue
        # A macro's parameters may have defaults, and a table function takes named ones, which the list leaves out.
        fewest = 0 if is_macro or kind in ("table", "pragma") else count
        table.add(_KINDS[kind], name, fewest, ANY if is_open or kind in ("table", "pragma", "table_macro") else count)
    unlisted(table, "scalar", _SCALARS)
    unlisted(table, "aggregate", _AGGREGATES)
    unlisted(table, "window", _WINDOWS)
    for kind, names in _EXTENSIONS.items():
        unlisted(table, kind, ((name, 0, ANY) for name in names))
    for forms in table.kinds.values():
        table.hidden.update(name for name in forms if name.startswith("_"))
    return table
