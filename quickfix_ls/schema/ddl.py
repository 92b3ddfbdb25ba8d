"""The schema that data definition statements (DDL) define: `CREATE TABLE` and `CREATE VIEW`, `ALTER TABLE` and `DROP`,
of any dialect. Statements that can't be parsed are skipped; the table that they are about is then not closed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from quickfix_ls.schema.ddl_statements import DdlStatement, dialect_of, statements
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table

if TYPE_CHECKING:
    from sqlglot import exp

DEFAULT_NAMESPACES = frozenset({"public", "dbo", "main"})
"""The namespaces in which engines look for an unqualified name; a table's `namespace` is empty for these."""

_NAME = r"((?:[\w$]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\])(?:\s*\.\s*(?:[\w$]+|\"[^\"]+\"|`[^`]+`|\[[^\]]+\]))*)"
_SUBJECT = re.compile(
    r"(CREATE|ALTER)\b[^(;]*?\b(?:TABLE|VIEW)\s+(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:ONLY\s+)?" + _NAME, re.IGNORECASE
)
_OTHER_PARTS = r"CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|UNIQUE|CHECK|PARTITION|FULLTEXT|SPATIAL|DEFAULT|NOT|IDENTITY"
_CHANGES_COLUMNS = re.compile(rf"\b(?:ADD|DROP|RENAME|CHANGE|INHERIT)\b(?!\s+(?:{_OTHER_PARTS})\b)", re.IGNORECASE)

_Key = tuple[str, str]


def schema_of_ddl(texts: Iterable[str], origin: str = "", dialect: str = "") -> Schema:
    """Return the schema after the statements of several texts, run in order.

    `dialect` is empty if it is not known. The schema is closed if every statement could be read.
    """
    state = _State()
    found = dialect
    for text in texts:
        found = found or dialect_of(text)
        for statement in statements(text, dialect):
            state.run(statement)
    tables = tuple(state.tables.values())
    return Schema(tables, frozenset(state.functions), found, origin, state.is_complete)


class _State:
    """The tables and functions after the statements so far; `is_complete` is false if one could not be read."""

    def __init__(self) -> None:
        self.tables: dict[_Key, Table] = {}
        self.functions: set[str] = set()
        self.is_complete = True

    def run(self, statement: DdlStatement) -> None:
        from sqlglot import exp

        tree = statement.tree
        if isinstance(tree, exp.Create):
            self._create(tree)
        elif isinstance(tree, exp.Drop):
            for table in [tree.this, *tree.args.get("tables", ())]:
                if isinstance(table, exp.Table):
                    self.tables.pop(_key(table), None)
        elif isinstance(tree, exp.Alter) and isinstance(tree.this, exp.Table):
            self._alter(tree)
        else:
            self._skip(statement.text)

    def _create(self, tree: exp.Create) -> None:
        from sqlglot import exp

        kind = str(tree.args.get("kind", "")).upper()
        if kind in ("FUNCTION", "PROCEDURE", "AGGREGATE"):
            name = tree.this.find(exp.Table)
            self.functions.add(name.name.lower()) if name is not None else None
        elif kind in ("TABLE", "VIEW"):
            table = self._created(tree)
            if table is not None and not (tree.args.get("exists") and _key_of(table) in self.tables):
                self.tables[_key_of(table)] = table

    def _created(self, tree: exp.Create) -> Table | None:
        """Return the table or view of a CREATE statement."""
        from sqlglot import exp

        name = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        if not isinstance(name, exp.Table):
            return None
        parts = list(tree.this.expressions) if isinstance(tree.this, exp.Schema) else []
        properties = tree.args["properties"].expressions if tree.args.get("properties") else []
        parts += [part for prop in properties for part in _partition_columns(prop)]
        table = _defined(name, parts)
        for part in [*parts, *properties]:
            if isinstance(part, (exp.LikeProperty, exp.InheritsProperty, exp.PartitionedOfProperty)):
                table = self._with_parents(table, part)
        query = tree.args.get("expression")
        if isinstance(query, exp.Query) and not table.columns:
            names = [column for column in query.named_selects if column and column != "*"]
            return replace(table, columns=tuple(map(Column, names)), closed=not query.is_star)
        return table if table.columns else replace(table, closed=False)

    def _with_parents(self, table: Table, part: exp.Expr) -> Table:
        """Return a table with the columns of the tables that it copies or inherits from, as far as these are known."""
        from sqlglot import exp

        parents = [self.tables.get(_key(parent)) for parent in part.find_all(exp.Table)]
        for parent in parents:
            if parent is not None:
                known = {column.name.lower() for column in table.columns}
                new = tuple(column for column in parent.columns if column.name.lower() not in known)
                table = replace(table, columns=table.columns + new, closed=table.closed and parent.closed)
        return table if None not in parents else replace(table, closed=False)

    def _alter(self, tree: exp.Alter) -> None:
        from sqlglot import exp

        key = _key(tree.this)
        table = self.tables.get(key)
        if table is None:
            return
        for action in tree.args.get("actions") or ():
            if isinstance(action, exp.AlterRename):
                del self.tables[key]
                table = replace(table, name=action.this.name)
                key = _key_of(table)
            else:
                table = _altered(table, action)
        self.tables[key] = table

    def _skip(self, text: str) -> None:
        """Note that a statement could not be read."""
        if not (found := _SUBJECT.match(text)):
            return
        namespace, name = _split_name(found[2])
        key = namespace.lower(), name.lower()
        if found[1].upper() == "CREATE":
            self.tables[key] = Table(name, (), namespace, closed=False)
            self.is_complete = False
        elif key in self.tables and _CHANGES_COLUMNS.search(text):
            self.tables[key] = replace(self.tables[key], closed=False)
            self.is_complete = False


def _defined(name: exp.Table, parts: Iterable[exp.Expr]) -> Table:
    """Return the table that column definitions and constraints define."""
    from sqlglot import exp

    table = Table(name.name, (), _namespace(name))
    for part in parts:
        if isinstance(part, exp.ColumnDef):
            table = _with_column(table, part)
        elif isinstance(part, (exp.Identifier, exp.Column)):
            table = replace(table, columns=(*table.columns, Column(part.name)))
        else:
            table = _with_constraint(table, part)
    return table


def _with_column(table: Table, definition: exp.ColumnDef) -> Table:
    from sqlglot import exp

    kind = definition.args.get("kind")
    column = Column(definition.name, kind.sql() if kind is not None else "")
    columns = tuple(known for known in table.columns if known.name.lower() != column.name.lower())
    table = replace(table, columns=(*columns, column))
    for constraint in definition.args.get("constraints") or ():
        if isinstance(constraint.kind, exp.PrimaryKeyColumnConstraint):
            table = replace(table, primary_key=(*table.primary_key, column.name))
        elif isinstance(constraint.kind, exp.Reference):
            table = replace(table, foreign_keys=(*table.foreign_keys, _foreign_key((column.name,), constraint.kind)))
    return table


def _with_constraint(table: Table, part: exp.Expr) -> Table:
    """Return a table with a constraint; those that are no keys leave it as it is."""
    from sqlglot import exp

    for constraint in part.expressions if isinstance(part, (exp.Constraint, exp.AddConstraint)) else (part,):
        if isinstance(constraint, exp.Constraint):
            table = _with_constraint(table, constraint)
        elif isinstance(constraint, exp.PrimaryKey):
            table = replace(table, primary_key=tuple(_names(constraint.expressions)))
        elif isinstance(constraint, exp.ForeignKey) and constraint.args.get("reference"):
            key = _foreign_key(tuple(_names(constraint.expressions)), constraint.args["reference"])
            table = replace(table, foreign_keys=(*table.foreign_keys, key))
    return table


def _altered(table: Table, action: exp.Expr) -> Table:
    """Return a table after one action of ALTER TABLE."""
    from sqlglot import exp

    if isinstance(action, exp.ColumnDef):
        return _with_column(table, action)
    if isinstance(action, exp.Drop) and str(action.args.get("kind")).upper() == "COLUMN":
        gone = {name.lower() for name in _names([action.this, *action.args.get("tables", ())])}
        return replace(table, columns=tuple(column for column in table.columns if column.name.lower() not in gone))
    if isinstance(action, exp.RenameColumn):
        return _renamed(table, action.this.name, action.args["to"].name)
    if isinstance(action, exp.AddConstraint):
        return _with_constraint(table, action)
    if isinstance(action, exp.Schema):
        for definition in action.expressions:
            table = _altered(table, definition)
    return table


def _renamed(table: Table, old: str, new: str) -> Table:
    def name(column: str) -> str:
        return new if column.lower() == old.lower() else column

    return replace(
        table,
        columns=tuple(Column(name(column.name), column.type) for column in table.columns),
        primary_key=tuple(map(name, table.primary_key)),
        foreign_keys=tuple(key._replace(columns=tuple(map(name, key.columns))) for key in table.foreign_keys),
    )


def _foreign_key(columns: tuple[str, ...], reference: exp.Expr) -> ForeignKey:
    from sqlglot import exp

    target = reference.this
    name = target.this if isinstance(target, exp.Schema) else target
    return ForeignKey(columns, name.name, tuple(_names(target.expressions if isinstance(target, exp.Schema) else ())))


def _partition_columns(prop: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the columns that Hive's and Spark's `PARTITIONED BY` defines with their types."""
    from sqlglot import exp

    if isinstance(prop, exp.PartitionedByProperty) and isinstance(prop.this, exp.Schema):
        yield from (part for part in prop.this.expressions if isinstance(part, exp.ColumnDef))


def _names(parts: Iterable[exp.Expr | None]) -> Iterator[str]:
    """Yield the names of columns, which may have an order or a length."""
    from sqlglot import exp

    for part in parts:
        inner = part.find(exp.Column, exp.Identifier) if part is not None else None
        if inner is not None:
            yield inner.name


def _namespace(table: exp.Table) -> str:
    return "" if table.db.lower() in DEFAULT_NAMESPACES else table.db


def _key(table: exp.Table) -> _Key:
    return _namespace(table).lower(), table.name.lower()


def _key_of(table: Table) -> _Key:
    return table.namespace.lower(), table.name.lower()


def _split_name(text: str) -> tuple[str, str]:
    """Return the namespace and the name in a qualified name, without quotes."""
    parts = [part.strip().strip('"`[]') for part in text.split(".")]
    namespace = parts[-2] if len(parts) > 1 else ""
    return "" if namespace.lower() in DEFAULT_NAMESPACES else namespace, parts[-1]
