"""Read the schemas that the rows of evaluation files name: schema id -> table -> column -> type, as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from quickfix_ls.errors import UsageError
from quickfix_ls.schema.tables import Column, Schema, Table

SCHEMAS = "sql_schemas.json"
"""The name of the file with the schemas, beside the data."""


def read_schemas(path: Path) -> dict[str, Schema]:
    """Return the schemas of a file by their ids. Raises UsageError if it can't be read or has another structure."""
    try:
        stated = json.loads(path.read_bytes())
        return {
            name: Schema(
                tuple(
                    Table(table, tuple(Column(column, str(type_)) for column, type_ in columns.items()))
                    for table, columns in tables.items()
                ),
                dialect="sqlite",
                origin=name,
            )
            for name, tables in stated.items()
        }
    except (OSError, ValueError, AttributeError) as error:
        raise UsageError(f"{path}: can't be read as schemas (schema id -> table -> column -> type): {error}") from None
