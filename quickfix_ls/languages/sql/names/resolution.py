"""Look up the names of a statement in its scopes and in the schema; report those that refer to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quickfix_ls.languages.sql.names.folding import FOLDING, is_folded_away
from quickfix_ls.languages.sql.names.reference_walk import references_of
from quickfix_ls.languages.sql.names.references import ColumnReference, References, TableReference
from quickfix_ls.languages.sql.names.scopes import Scope
from quickfix_ls.languages.sql.names.similarity import distance
from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.schema.tables import Schema
from quickfix_ls.values import Span

_ALIAS_CLAUSES = {
    "postgres": frozenset({"order", "group"}),
    "redshift": frozenset({"order", "group", "where", "having", "select", "qualify"}),
    "mysql": frozenset({"order", "group", "having"}),
    "bigquery": frozenset({"order", "group", "having", "qualify"}),
    "sqlite": frozenset({"order", "group", "having", "where", "on"}),
    "tsql": frozenset({"order"}),
    "oracle": frozenset({"order", "group", "having"}),
    "spark": frozenset({"order", "group", "having", "select"}),
}
"""The clauses in which a name of the select list can be read, for dialects where it is not everywhere."""

_PSEUDO_COLUMNS = frozenset(
    [
        "rowid",
        "oid",
        "_rowid_",
        "ctid",
        "xmin",
        "xmax",
        "cmin",
        "cmax",
        "tableoid",
        "rownum",
        "level",
        "sysdate",
        "systimestamp",
        "current_date",
        "current_time",
        "current_timestamp",
        "current_user",
        "session_user",
        "user",
        "now",
        "localtime",
        "localtimestamp",
        "value",
        "excluded",
        "new",
        "old",
        "rank",
        "_partitiontime",
        "_partitiondate",
        "_table_suffix",
        "_metadata",
        "metadata$action",
        "filename",
        "default",
        "true",
        "false",
        "null",
        "current_catalog",
        "current_schema",
        "current_role",
        "year",
        "month",
        "day",
        "hour",
        "minute",
        "second",
        "quarter",
        "week",
        "dow",
        "doy",
        "epoch",
    ]
)
"""Names that stand for a value without being a column of a table, or that sqlglot takes for a column as the unit of a
date function."""

_SYSTEM_TABLES = (
    "sqlite_master",
    "sqlite_schema",
    "sqlite_temp",
    "pg_",
    "pragma_",
    "duckdb_",
    "information_schema",
    "dual",
)
_ROW_COLUMNS = frozenset(["rowid", "oid", "_rowid_", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "rownum"])
"""Columns that every table of some engine has."""
_STRUCT_DIALECTS = frozenset(
    {"", "duckdb", "bigquery", "spark", "databricks", "snowflake", "postgres", "hive", "trino"}
)
_MIN_LETTERS = 4
_WHOLE_ROW_DIALECTS = frozenset({"", "postgres", "duckdb", "bigquery", "redshift"})


@dataclass(frozen=True)
class NameFault:
    """A name that refers to nothing, or to several things.

    `code` is that of the problem; `span` is that of the identifier in the statement, quotes included; `qualifier` is
    the name before it, empty if there is none; `scope` is where it is looked up, None for a table.
    """

    code: str
    message: str
    name: str
    span: Span
    qualifier: str = ""
    scope: Scope | None = None
    reference: ColumnReference | TableReference | None = None


def name_errors(tree: Any, schema: Schema, dialect: str, text: str) -> tuple[list[NameFault], References]:
    """Return the unknown and ambiguous names of a statement, tables first, and all references of it."""
    references = references_of(tree, schema)
    errors = [error for reference in references.tables if (error := _table_error(reference, schema))]
    for reference in references.columns:
        error = _column_error(reference, schema, dialect, text)
        if error is None and dialect in FOLDING and schema.read_at is not None and is_folded_away(reference):
            error = _folded_error(reference)
        if error is not None:
            errors.append(error)
    return errors, references


def _folded_error(reference: ColumnReference) -> NameFault | None:
    node, span = reference.node, _span(reference.node.this)
    message = f"no such column: {node.name.lower()} (written without quotes, it is in lower case)"
    if span is None:
        return None
    return NameFault("UnknownColumn", message, node.name, span, node.table, reference.scope, reference)


def _table_error(reference: TableReference, schema: Schema) -> NameFault | None:
    node = reference.node
    name = node.name
    if not schema.tables or name.lower() in reference.known or node.args.get("catalog") is not None:
        return None
    if schema.table(name, node.db) is not None or _is_of_system(name, node.db):
        return None
    span = _span(node.this)
    if span is None or not (schema.closed or _is_near(name, schema)):
        return None
    message = f"no such table: {node.db + '.' if node.db else ''}{name}"
    return NameFault("UnknownTable", message, name, span, node.db, None, reference)


def _is_near(name: str, schema: Schema) -> bool:
    """Return whether a name is a typing error away from a known table, so that another unknown one is unlikely."""
    if len(name) < _MIN_LETTERS:
        return False
    most = 1 if len(name) < 6 else 2
    return any(distance(name, table.name) <= most for table in schema.tables)


def _is_of_system(name: str, namespace: str) -> bool:
    lowered = name.lower()
    if namespace.lower() in ("information_schema", "pg_catalog", "sys", "system"):
        return True
    return lowered.startswith(_SYSTEM_TABLES)


def _column_error(reference: ColumnReference, schema: Schema, dialect: str, text: str) -> NameFault | None:
    node, scope = reference.node, reference.scope
    span = _span(node.this)
    qualifier = node.args.get("table")
    if qualifier is not None:
        return _qualified_error(reference, qualifier, span, schema, dialect)
    if span is None or _is_text(node.this, text, dialect):
        return None
    name, lowered = node.name, node.name.lower()
    if lowered in _PSEUDO_COLUMNS and not _quoted(node.this):
        return None
    if not any(inner.sources for inner in scope.outward()):
        return None
    for inner in scope.outward():
        holders = [s for s in inner.sources if s.table.column(name) is not None and lowered not in s.merged]
        if len(holders) > 1 and not _is_output(reference, inner, lowered, dialect) and not scope.is_open:
            return NameFault("AmbiguousColumn", f"ambiguous column name: {name}", name, span, "", scope, reference)
        if holders or _is_output(reference, inner, lowered, dialect):
            return None
        if any(not source.table.closed for source in inner.sources):
            return None
    if dialect in _WHOLE_ROW_DIALECTS and scope.source(name) is not None:
        return None
    if not dialect and lowered in {name for inner in scope.outward() for name in inner.outputs}:
        return None
    return NameFault("UnknownColumn", f"no such column: {name}", name, span, "", scope, reference)


def _qualified_error(
    reference: ColumnReference, qualifier: Any, span: Span | None, schema: Schema, dialect: str
) -> NameFault | None:
    node, scope = reference.node, reference.scope
    if node.args.get("catalog") is not None:
        return None
    source = scope.source(qualifier.name)
    if source is None:
        at = _span(qualifier)
        if any(is_unknown(known.name) or is_unknown(known.table.name) for known in scope.visible):
            return None
        if at is None or qualifier.name.lower() in ("new", "old", "excluded", "inserted", "deleted"):
            return None
        if dialect in _STRUCT_DIALECTS and any(s.table.column(qualifier.name) for s in scope.visible):
            return None
        if dialect in _STRUCT_DIALECTS - {"", "postgres"} and scope.is_open:
            return None
        if not schema.tables:
            return None
        name = qualifier.name
        return NameFault("UnknownAlias", f"no such table or alias: {name}", name, at, "", scope, reference)
    if span is None or not source.table.closed or node.name == "*" or source.table.column(node.name) is not None:
        return None
    if node.name.lower() in _ROW_COLUMNS and source.is_table:
        return None
    message = f"no such column: {qualifier.name}.{node.name}"
    return NameFault("UnknownColumn", message, node.name, span, qualifier.name, scope, reference)


def _is_output(reference: ColumnReference, scope: Scope, name: str, dialect: str) -> bool:
    """Return whether a name is one that the select list gives to a result, and can be read where a column stands."""
    allowed = _ALIAS_CLAUSES.get(dialect)
    if name not in scope.outputs or (allowed is not None and reference.clause not in allowed):
        return False
    return reference.clause != "select" or not _is_in_item(reference.node, name)


def _is_in_item(node: Any, name: str) -> bool:
    """Return whether a column stands in the very item of the select list that is given the name."""
    while node is not None:
        if type(node).__name__ == "Alias" and node.alias.lower() == name:
            return True
        node = node.parent
    return False


def _is_text(identifier: Any, text: str, dialect: str) -> bool:
    """Return whether an identifier is in double quotes where the dialect takes an unknown one for a text."""
    start = identifier.meta.get("start")
    return start is not None and text[start : start + 1] == '"' and dialect in ("", "sqlite", "mysql")


def _quoted(identifier: Any) -> bool:
    return bool(identifier.args.get("quoted"))


def _span(identifier: Any) -> Span | None:
    start, end = identifier.meta.get("start"), identifier.meta.get("end")
    return None if start is None or end is None else Span(start, end + 1)
