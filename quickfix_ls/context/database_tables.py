"""The database tables that source text mentions, from a JSON file of their columns and types:
`{"rooms": {"id": "INTEGER"}}`. The file holds no rows, and no rows are read from anywhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from quickfix_ls.errors import UsageError

Tables = Mapping[str, Mapping[str, str]]

_WORD = re.compile(r"\w+")
_MIN_COLUMNS = 2


@lru_cache(maxsize=4)
def _read(path: str, modified: int) -> Tables:
    try:
        value = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: can't be read as a schema: {error}") from error
    shaped = isinstance(value, dict) and all(
        isinstance(columns, dict) and all(isinstance(kind, str) for kind in columns.values())
        for columns in value.values()
    )
    if not shaped:
        raise UsageError(f'{path}: a schema is an object like {{"table": {{"column": "TYPE"}}}}')
    tables: Tables = value
    return tables


def read_tables(path: str) -> Tables:
    """Return the tables in a JSON file; it is read again if its modification time has changed.

    Raises UsageError if the file can't be read or has another shape.
    """
    try:
        modified = Path(path).stat().st_mtime_ns
    except OSError as error:
        raise UsageError(f"{path}: can't be read as a schema: {error.strerror}") from error
    return _read(path, modified)


def relevant_tables(tables: Tables, text: str) -> Iterator[str]:
    """Yield `table(column type, ...)` for each table that the text names, or of which it names several columns.

    The tables that are named come first, then those with the most columns named.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    scored = []
    for name, columns in tables.items():
        named = name.lower() in words
        mentioned = sum(column.lower() in words for column in columns)
        if named or mentioned >= _MIN_COLUMNS:
            scored.append((-named, -mentioned, name))
    for _, _, name in sorted(scored):
        yield f"{name}({', '.join(f'{column} {kind}'.strip() for column, kind in tables[name].items())})"
