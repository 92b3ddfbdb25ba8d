"""The table of a class that SQLAlchemy maps: `__tablename__`, `Column(...)`, `mapped_column(...)` and `Mapped[...]`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from quickfix_ls.schema.model_classes import Field, ModelClass, TableParts, fields_of, last_name, text_field, text_of
from quickfix_ls.schema.tables import ForeignKey, Table

BASES = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta", "MappedAsDataclass", "Base", "Model"})
"""Classes of SQLAlchemy and its extensions that add no columns; `Base` is what `declarative_base()` is assigned to."""

_NO_TYPES = frozenset({"ForeignKey", "Sequence", "Identity", "Computed", "CheckConstraint"})
_MAPPED = re.compile(r"(?:\w+\.)?Mapped\[(.*)\]")
_OPTIONAL = re.compile(r"(?:Optional\[(.*)\]|(.*?) \| None)")
_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def sqlalchemy_table(lineage: Sequence[ModelClass], closed: bool) -> Table | None:
    """Return the table of the first class of a lineage; None if SQLAlchemy maps it to none. `closed` as in `Table`."""
    node = lineage[0].node
    name = next((text for one in lineage if (text := text_field(one.node, "__tablename__"))), "")
    if not name and any(ast.unparse(base) == "db.Model" for base in node.bases):
        name = _WORD_START.sub("_", node.name).lower()
    if not name:
        return None
    parts = TableParts()
    for one in reversed(lineage):
        for field in fields_of(one.node):
            _read(field, parts)
    return parts.table(name, _namespace(node), closed)


def _read(field: Field, parts: TableParts) -> None:
    mapped = _MAPPED.fullmatch(field.annotation)
    if field.callee not in ("Column", "mapped_column") and not (mapped and field.value is None):
        return
    given = text_of(field.arguments[0]) if field.arguments else ""
    name = given or field.name
    parts.columns[name] = _type(field.arguments[1:] if given else field.arguments, mapped[1] if mapped else "")
    if field.option("primary_key") is True:
        parts.primary.append(name)
    parts.foreign += _foreign_keys(name, field.arguments)


def _type(arguments: Sequence[ast.expr], annotation: str) -> str:
    for argument in arguments:
        name = last_name(argument.func) if isinstance(argument, ast.Call) else last_name(argument)
        if name and name not in _NO_TYPES:
            return name.upper()
    optional = _OPTIONAL.fullmatch(annotation)
    return (optional[1] or optional[2]) if optional else annotation


def _foreign_keys(column: str, arguments: Sequence[ast.expr]) -> Iterator[ForeignKey]:
    for argument in arguments:
        if isinstance(argument, ast.Call) and last_name(argument.func) == "ForeignKey" and argument.args:
            target = text_of(argument.args[0])
            if "." in target:
                *_, table, referred = target.split(".")
                yield ForeignKey((column,), table, (referred,))


def _namespace(node: ast.ClassDef) -> str:
    """Return the namespace in `__table_args__ = {"schema": "sales"}`; empty if there is none."""
    for field in fields_of(node):
        if field.name == "__table_args__" and field.value is not None:
            for inner in ast.walk(field.value):
                if isinstance(inner, ast.Dict):
                    keys = [text_of(key) for key in inner.keys]
                    return text_of(inner.values[keys.index("schema")]) if "schema" in keys else ""
    return ""
