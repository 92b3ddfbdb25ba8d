"""The tables that SQLAlchemy's and Django's models define, read from the source code with `ast`; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from quickfix_ls.schema.django_models import django_table
from quickfix_ls.schema.model_classes import ModelClass, classes_in, lineage_of
from quickfix_ls.schema.sqlalchemy_models import BASES, sqlalchemy_table
from quickfix_ls.schema.tables import Schema, Table

_MODELS = re.compile(
    r"\bmodels\.Model\b|\bDeclarativeBase\b|\bdeclarative_base\b|\b__tablename__\b|\bdb\.Model\b|\bmapped_column\b"
)
_NO_COLUMNS = BASES | {"object", "Generic", "ABC", "Protocol"}


@lru_cache(maxsize=8192)
def may_define_models(path: str, modified: int, size: int) -> bool:
    """Return whether a Python file may define models, by the words in it. Cached while the file is the same."""
    try:
        return _MODELS.search(Path(path).read_text(encoding="utf-8", errors="replace")) is not None
    except OSError:
        return False


def schema_of_models(texts: Mapping[str, str]) -> Schema:
    """Return the schema that the models in some files define; `texts` are the files' source code by path.

    It is not closed, since there may be tables without a model; a table is if all bases of its model are known.
    """
    classes = classes_in(texts)
    tables = {name: table for name, known in classes.items() if (table := _table(known, classes)) is not None}
    return Schema(tuple(_with_tables(table, tables) for table in tables.values()), origin=_origin(texts), closed=False)


def _table(known: ModelClass, classes: Mapping[str, ModelClass]) -> Table | None:
    lineage = lineage_of(known, classes)
    outer = {base for one in lineage for base in one.bases if base not in classes}
    closed = outer <= _NO_COLUMNS
    return sqlalchemy_table(lineage, closed) or django_table(lineage, closed)


def _with_tables(table: Table, tables: Mapping[str, Table]) -> Table:
    """Return a table whose foreign keys name tables, where they named the models of these."""
    keys = tuple(
        key._replace(table=tables[key.table].name) if key.table in tables else key for key in table.foreign_keys
    )
    return replace(table, foreign_keys=keys)


def _origin(texts: Mapping[str, str]) -> str:
    first = next(iter(texts), "")
    return first if len(texts) < 2 else f"{first} and {len(texts) - 1} more"
