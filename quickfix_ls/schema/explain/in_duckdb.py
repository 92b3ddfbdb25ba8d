"""Ask a DuckDB database whether it prepares a query.

The file is opened read-only, without access to other files, the network, extensions or variables of this process.
DuckDB's own parser has to find a single query, of which `EXPLAIN` makes a plan without running it.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from threading import Timer

from quickfix_ls.schema.explain.engine import ACCEPTED, Engine, Explained

_PREFIX = re.compile(r"duckdb(?:\+\w+)?:///")
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "512MB",
    "threads": "1",
}


def _explain(url: str, statement: str, seconds: float) -> Explained:
    """Prepare a query in the database of a URL like `duckdb:///shop.duckdb`."""
    try:
        import duckdb
    except ImportError:
        return Explained("unknown", "the package duckdb is not installed")
    path = _PREFIX.sub("", url).partition("?")[0]
    if not Path(path).is_file():
        return Explained("unknown", "there is no such file")
    try:
        with closing(duckdb.connect(path, read_only=True, config=_CONFIGURATION)) as connection:
            timer = Timer(seconds, connection.interrupt)
            timer.start()
            try:
                # The optimizer computes constants, which takes time and memory for nothing.
                connection.execute("PRAGMA disable_optimizer")
                connection.execute("SET lock_configuration = true")
                parsed = connection.extract_statements(statement)
                if [one.type for one in parsed] != [duckdb.StatementType.SELECT]:
                    return Explained("refused", "it is not a single query")
                connection.execute(f"EXPLAIN {statement}").fetchall()
            finally:
                timer.cancel()
    except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as error:
        # A function may be in an extension that the user's own programs load.
        is_known = "extension" not in str(error).lower()
        return Explained("rejected" if is_known else "unknown", str(error).partition("\n")[0])
    except duckdb.Error as error:
        return Explained("unknown", type(error).__name__)
    return ACCEPTED


ENGINE = Engine("duckdb", ("duckdb",), _explain)
