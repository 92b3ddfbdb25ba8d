"""Aggregates in WHERE, an error in every dialect, and columns beside aggregates that are not grouped by, an error in
dialects that don't choose a value themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.names.references import References
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Span

_STRICT = frozenset(
    {"postgres", "duckdb", "bigquery", "snowflake", "databricks", "spark", "tsql", "oracle", "redshift"}
)


def aggregate_errors(references: References, text: str) -> Iterator[SyntaxFault]:
    """Yield an error for each aggregate in a WHERE clause: groups are made only after it."""
    from sqlglot import exp

    for scope in references.scopes:
        where = scope.query.args.get("where")
        if where is None:
            continue
        for found in where.walk(prune=lambda node: isinstance(node, (exp.Query, exp.Window))):
            start, end = found.meta.get("start"), found.meta.get("end")
            is_window = isinstance(found.parent, (exp.Window, exp.Filter, exp.WithinGroup))
            if isinstance(found, exp.AggFunc) and not is_window and start is not None and end is not None:
                name = text[start : end + 1]
                message = f"misuse of aggregate: {name.upper()}()"
                yield SyntaxFault(message, "Aggregate", Span(start, end + 1), QUERY, name)


def grouping_errors(tree: Any, references: References, dialect: str) -> Iterator[SyntaxFault]:
    """Yield an error for each column of a select list that is neither grouped by nor aggregated. A column whose table
    is grouped by its primary key is determined by it."""
    from sqlglot import exp

    if dialect not in _STRICT:
        return
    for scope in references.scopes:
        query = scope.query
        if not isinstance(query, exp.Select):
            continue
        group = query.args.get("group")
        if group is not None and (
            set(group.args) - {"expressions"} and any(group.args.get(k) for k in group.args if k != "expressions")
        ):
            continue
        if group is None and not any(_aggregates(item) for item in query.expressions):
            continue
        grouped = {_text(item) for item in (group.expressions if group is not None else ())}
        for number, item in enumerate(query.expressions, 1):
            bare = item.unalias()
            if {str(number), item.alias.lower() if item.alias else "", _text(bare)} & grouped:
                continue
            for column in _bare_columns(bare):
                if _text(column) in grouped or column.name.lower() in {g.rpartition(".")[2] for g in grouped}:
                    continue
                source = (
                    scope.source(column.table)
                    if column.table
                    else next((s for s in scope.sources if s.table.column(column.name)), None)
                )
                if source is None or not source.table.closed:
                    continue
                key = {name.lower() for name in source.table.primary_key}
                if key and key <= {g.rpartition(".")[2] for g in grouped}:
                    continue
                start, end = column.this.meta.get("start"), column.this.meta.get("end")
                if start is not None:
                    message = f"column {column.name} must be in the GROUP BY clause or in an aggregate function"
                    yield SyntaxFault(message, "GroupBy", Span(start, end + 1), QUERY, column.name)


def _text(node: Any) -> str:
    return str(node.sql()).lower().replace('"', "").replace("`", "")


def _aggregates(node: Any) -> bool:
    from sqlglot import exp

    return any(
        isinstance(found, exp.AggFunc) and not isinstance(found.parent, (exp.Window, exp.Filter, exp.WithinGroup))
        for found in node.walk(prune=lambda n: isinstance(n, (exp.Query, exp.Window)))
    )


def _bare_columns(node: Any) -> Iterator[Any]:
    """Yield the columns of an expression that stand in no aggregate and in no query of their own."""
    from sqlglot import exp

    # The condition of FILTER and the order of WITHIN GROUP belong to the aggregate.
    stops = (exp.AggFunc, exp.Filter, exp.WithinGroup, exp.Query, exp.Window, exp.Anonymous, exp.Lambda)
    for found in node.walk(prune=lambda n: isinstance(n, stops)):
        if isinstance(found, exp.Column) and not isinstance(found.this, exp.Star):
            yield found
