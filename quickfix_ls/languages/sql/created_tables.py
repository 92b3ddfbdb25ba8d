"""The tables that a statement creates, for the statements that follow it in its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.schema.tables import Column, Table


def created_by(trees: Sequence[Any]) -> Iterator[Table]:
    """Yield the tables and views that statements create; one that is dropped, without its columns."""
    from sqlglot import exp

    for tree in trees:
        if isinstance(tree, exp.Create) and tree.kind in ("TABLE", "VIEW"):
            yield _created(tree)
        elif isinstance(tree, exp.Drop) and isinstance(tree.this, exp.Table):
            yield Table(tree.this.name, (), tree.this.db, closed=False)
        elif isinstance(tree, exp.Select) and isinstance(into := tree.args.get("into"), exp.Into):
            yield Table(into.this.name, (), into.this.db, closed=False)


def altered_by(trees: Sequence[Any]) -> Iterator[Table]:
    """Yield the tables that statements alter, with the columns that they add; not closed if they do anything else."""
    from sqlglot import exp

    for tree in trees:
        if not isinstance(tree, exp.Alter) or not isinstance(tree.this, exp.Table):
            continue
        actions = tree.args.get("actions") or ()
        columns = tuple(Column(one.name, _type_of(one)) for one in actions if isinstance(one, exp.ColumnDef))
        yield Table(tree.this.name, columns, tree.this.db, closed=len(columns) == len(actions) > 0)
        for action in actions:
            if isinstance(action, exp.AlterRename) and isinstance(action.this, exp.Table):
                yield Table(action.this.name, (), action.this.db or tree.this.db, closed=False)


def with_alterations(created: Sequence[Table], altered: Sequence[Table]) -> Iterator[Table]:
    """Yield the created tables as they are after the alterations, and those that are only altered."""
    changes: dict[str, list[Table]] = {}
    for table in altered:
        changes.setdefault(table.name.lower(), []).append(table)
    known = {table.name.lower() for table in created}
    for table in (*created, *(replace(one[0], closed=False) for name, one in changes.items() if name not in known)):
        own = changes.get(table.name.lower(), ())
        columns = dict.fromkeys((*table.columns, *(column for change in own for column in change.columns)))
        yield replace(table, columns=tuple(columns), closed=table.closed and all(change.closed for change in own))


def _type_of(item: Any) -> str:
    kind = item.args.get("kind")
    return kind.sql() if kind is not None else ""


def _created(tree: Any) -> Table:
    from sqlglot import exp

    table = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
    columns: tuple[Column, ...] = ()
    closed = False
    if isinstance(tree.this, exp.Schema):
        items = tree.this.expressions
        columns = tuple(
            Column(item.name, _type_of(item)) for item in items if isinstance(item, (exp.ColumnDef, exp.Identifier))
        )
        closed = bool(columns) and not any(isinstance(item, exp.LikeProperty) for item in items)
    elif isinstance(tree.expression, exp.Query):
        names = tree.expression.named_selects
        closed = bool(names) and "*" not in names and all(names)
        columns = tuple(Column(name) for name in names if name and name != "*")
    closed = closed and not any(is_unknown(column.name) for column in columns)
    return Table(table.name, columns, table.db, closed=closed)
