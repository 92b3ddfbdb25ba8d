"""Ask a database whether it prepares a query, without running it.

A statement is sent only if it is a single query that can do nothing but read (see `harmless`). Each `in_*` module has
the `ENGINE` of a kind of database.
"""

from __future__ import annotations

from quickfix_ls.schema.explain import in_duckdb, in_postgres, in_sqlite
from quickfix_ls.schema.explain.engine import Engine, Explained
from quickfix_ls.schema.explain.harmless import refusal

ENGINES = (in_sqlite.ENGINE, in_duckdb.ENGINE, in_postgres.ENGINE)


def explain(url: str, statement: str, seconds: float) -> Explained:
    """Return whether the database of a URL prepares a statement, within about `seconds`. Blocks; nothing is run."""
    engine = engine_of(url)
    if engine is None:
        return Explained("unknown", "this kind of database can't be asked")
    if reason := refusal(statement, engine.dialect):
        return Explained("refused", reason)
    return engine.explain(url, statement, seconds)


def engine_of(url: str) -> Engine | None:
    """Return the kind of the database of a URL; None if it can't be asked about statements."""
    scheme = url.partition(":")[0].partition("+")[0].lower()
    return next((engine for engine in ENGINES if scheme in engine.schemes), None)
