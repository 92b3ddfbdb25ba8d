"""The walk through a statement that collects its references, query by query."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from quickfix_ls.languages.sql.names.references import Clause, ColumnReference, References, TableReference
from quickfix_ls.languages.sql.names.scopes import Scope, Source, derived_table, unknown_table
from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.schema.tables import Schema, Table

_CLAUSE_OF_KEY: dict[str, Clause] = {
    "expressions": "select",
    "distinct": "select",
    "where": "where",
    "group": "group",
    "having": "having",
    "order": "order",
    "qualify": "qualify",
    "joins": "on",
    "windows": "other",
}
_CLAUSES_OF_CHANGE: dict[str, Clause] = {
    "where": "where",
    "returning": "select",
    "order": "order",
}


def references_of(tree: Any, schema: Schema) -> References:
    """Return the references of a statement. `schema` has the tables of the database and of the file."""
    collector = _Collector(schema)
    collector.statement(tree)
    return collector.found


class _Collector:
    """Walks through a statement, query by query. `ctes` maps the names of common table expressions, in lower case, to
    their columns."""

    def __init__(self, schema: Schema) -> None:
        from sqlglot import exp

        self._exp = exp
        self._schema = schema
        self.found = References()

    def statement(self, tree: Any) -> None:
        exp = self._exp
        if isinstance(tree, exp.Query):
            self._query(tree, {}, None)
        elif isinstance(tree, (exp.Update, exp.Delete)):
            self._change(tree)
        elif isinstance(tree, exp.Insert):
            self._insert(tree)
        elif isinstance(tree, exp.Create):
            if isinstance(tree.expression, exp.Query):
                self._query(tree.expression, {}, None)
            elif isinstance(tree.this, exp.Index) and tree.this.args.get("table") is not None:
                scope = Scope(tree.this)
                self._source(tree.this.args["table"], {}, scope)
                self._columns(tree.this.args.get("params"), {}, scope, "target")

    # -- queries -----------------------------------------------------------------------------------------------

    def _query(self, tree: Any, ctes: dict[str, Table], outer: Scope | None) -> Table:
        """Collect the references of a query; return its result as a table."""
        exp = self._exp
        ctes = self._with(tree, ctes, outer)
        if isinstance(tree, exp.SetOperation):
            left = self._query(tree.left, ctes, outer)
            self._query(tree.right, ctes, outer)
            scope = Scope(tree, outer=outer, outputs=frozenset(c.name.lower() for c in left.columns))
            scope.sources.append(Source("", left))
            self._columns(tree.args.get("order"), ctes, scope, "order")
            return left
        if isinstance(tree, exp.Subquery):
            return self._subquery(tree, ctes, outer, Scope(tree, outer=outer))
        if isinstance(tree, exp.Select):
            return self._select(tree, ctes, outer)
        return unknown_table()

    def _with(self, tree: Any, ctes: dict[str, Table], outer: Scope | None) -> dict[str, Table]:
        clause = tree.args.get("with_") or tree.args.get("with")
        if clause is None:
            return ctes
        ctes = dict(ctes)
        for cte in clause.expressions:
            name, named = cte.alias, tuple(column.name for column in cte.args["alias"].columns)
            if clause.args.get("recursive") or isinstance(cte.this, self._exp.SetOperation):
                ctes[name.lower()] = self._seed(cte.this, name, named)
            result = self._query(cte.this, ctes, outer) if isinstance(cte.this, self._exp.Query) else unknown_table()
            ctes[name.lower()] = _renamed(result, name, named)
        return ctes

    def _seed(self, query: Any, name: str, named: tuple[str, ...]) -> Table:
        """Return what a recursive query knows of itself: the names of its columns."""
        columns = named or tuple(query.named_selects)
        is_known = bool(columns) and "*" not in columns and "" not in columns
        return derived_table(name, columns, closed=True) if is_known else unknown_table(name)

    def _select(self, tree: Any, ctes: dict[str, Table], outer: Scope | None) -> Table:
        scope = Scope(tree, outer=outer)
        self.found.scopes.append(scope)
        origin = tree.args.get("from_") or tree.args.get("from")
        if origin is not None:
            self._source(origin.this, ctes, scope)
        for lateral in tree.args.get("laterals") or ():
            self._source(lateral, ctes, scope)
        self._joins(tree, ctes, scope)
        scope.outputs = frozenset(_output_names(tree))
        for key, value in tree.args.items():
            if key not in ("with_", "with", "from_", "from", "joins", "laterals", "limit", "offset", "kind", "hint"):
                self._columns(value, ctes, scope, _CLAUSE_OF_KEY.get(key, "other"))
        return self._result(tree, scope)

    def _joins(self, tree: Any, ctes: dict[str, Table], scope: Scope) -> None:
        for join in tree.args.get("joins") or ():
            first = len(scope.sources)
            self._source(join.this, ctes, scope)
            using = frozenset(column.name.lower() for column in join.args.get("using") or ())
            if join.args.get("method") == "NATURAL" and len(scope.sources) > first:
                known = {column.name.lower() for source in scope.sources[:first] for column in source.table.columns}
                using = frozenset(c.name.lower() for c in scope.sources[first].table.columns) & known
            for source in scope.sources[first:]:
                source.merged |= using
        for join in tree.args.get("joins") or ():
            self._columns(join.args.get("on"), ctes, scope, "on")

    def _source(self, node: Any, ctes: dict[str, Table], scope: Scope) -> None:
        """Add what a FROM or JOIN reads from to a scope."""
        exp = self._exp
        alias = node.args.get("alias")
        named = tuple(column.name for column in alias.columns) if isinstance(alias, exp.TableAlias) else ()
        name = node.alias if alias is not None else ""
        if isinstance(node, exp.Table):
            if isinstance(node.this, exp.Identifier):
                scope.sources.append(self._table(node, name, named, ctes))
            else:
                self._columns(node.this, ctes, scope, "other")
                scope.sources.append(_derived(node, unknown_table(name)))
            self._joins(node, ctes, scope)
        elif isinstance(node, exp.Subquery):
            if isinstance(node.this, (exp.Table, exp.Subquery)) and not alias:
                self._source(node.this, ctes, scope)
            else:
                result = self._query(node.this, self._with(node, ctes, scope.outer), scope.outer)
                scope.sources.append(
                    Source(name, _renamed(result, name, named), is_aliased=True, is_quoted=_is_quoted(node))
                )
            self._joins(node, ctes, scope)
        elif isinstance(node, exp.Lateral) and isinstance(node.this, exp.Subquery):
            result = self._query(node.this.this, ctes, scope)
            scope.sources.append(
                Source(name, _renamed(result, name, named), is_aliased=True, is_quoted=_is_quoted(node))
            )
        else:
            self._columns(node.args.get("this"), ctes, scope, "other")
            self._columns(node.args.get("expressions"), ctes, scope, "other")
            scope.sources.append(_derived(node, unknown_table(name)))

    def _table(self, node: Any, alias: str, named: tuple[str, ...], ctes: dict[str, Table]) -> Source:
        name, namespace = node.name, node.db
        if is_unknown(name):
            return Source(alias or name, unknown_table(name), True, node, bool(alias), is_quoted=_is_quoted(node))
        self.found.tables.append(TableReference(node, tuple(ctes)))
        cte = ctes.get(name.lower()) if not namespace else None
        table = cte or self._schema.table(name, namespace) or unknown_table(name)
        if named:
            table = replace(_renamed(table, alias, named), closed=table.closed)
        return Source(alias or name, table, cte is None, node, bool(alias), is_quoted=_is_quoted(node))

    def _subquery(self, tree: Any, ctes: dict[str, Table], outer: Scope | None, scope: Scope) -> Table:
        """Collect the references of a query in brackets."""
        if isinstance(tree.this, self._exp.Query):
            result = self._query(tree.this, ctes, outer)
        else:
            self._source(tree, ctes, scope)
            result = unknown_table()
        scope.sources.append(Source("", result))
        scope.outputs = frozenset(c.name.lower() for c in result.columns)
        self._columns(tree.args.get("order"), ctes, scope, "order")
        return result

    def _result(self, tree: Any, scope: Scope) -> Table:
        exp = self._exp
        columns: list[str] = []
        closed = True
        for item in tree.expressions:
            inner = item.this if isinstance(item, exp.Column) else item
            if isinstance(inner, exp.Star):
                qualifier = item.table if isinstance(item, exp.Column) else ""
                found = [scope.source(qualifier)] if qualifier else list(scope.sources)
                for source in found:
                    closed = closed and source is not None and source.table.closed and not inner.args.get("except_")
                    columns += [column.name for column in source.table.columns] if source else []
            else:
                columns.append(item.alias_or_name)
                closed = closed and bool(item.alias_or_name) and not is_unknown(item.alias_or_name)
        return derived_table("", tuple(filter(None, columns)), closed=closed)

    # -- changes of rows ---------------------------------------------------------------------------------------

    def _change(self, tree: Any) -> None:
        scope = Scope(tree)
        self.found.scopes.append(scope)
        ctes = self._with(tree, {}, None)
        if tree.this is not None:
            self._source(tree.this, ctes, scope)
        origin = tree.args.get("from_") or tree.args.get("from")
        if origin is not None:
            self._source(origin.this, ctes, scope)
        using = tree.args.get("using")
        for node in using if isinstance(using, list) else ():
            self._source(node, ctes, scope)
        self._joins(tree, ctes, scope)
        self._assignments(tree.args.get("expressions"), ctes, scope, is_joined=origin is not None)
        for key, clause in _CLAUSES_OF_CHANGE.items():
            self._columns(tree.args.get(key), ctes, scope, clause)

    def _assignments(self, items: Any, ctes: dict[str, Table], scope: Scope, *, is_joined: bool) -> None:
        """Collect the columns of `SET a = b`. Where FROM reads other tables, the columns that are set are those of
        the table that is changed."""
        exp = self._exp
        own = replace(scope, sources=scope.sources[:1]) if is_joined else scope
        for item in items or ():
            if isinstance(item, exp.EQ) and isinstance(item.this, exp.Column) and not item.this.table:
                self._columns(item.this, ctes, own, "target")
                self._columns(item.expression, ctes, scope, "target")
            else:
                self._columns(item, ctes, scope, "target")

    def _insert(self, tree: Any) -> None:
        exp = self._exp
        ctes = self._with(tree, {}, None)
        target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
        scope = Scope(tree)
        self.found.scopes.append(scope)
        if isinstance(target, exp.Table):
            self._source(target, ctes, scope)
        if isinstance(tree.this, exp.Schema):
            for identifier in tree.this.expressions:
                if isinstance(identifier, exp.Identifier) and not is_unknown(identifier.name):
                    node = exp.Column(this=identifier.copy())
                    node.this.meta.update(identifier.meta)
                    self.found.columns.append(ColumnReference(node, scope, "target"))
        if isinstance(tree.expression, exp.Query):
            self._query(tree.expression, ctes, None)
        wider = Scope(tree, [*scope.sources, *map(_excluded, scope.sources[:1])])
        self._columns(tree.args.get("conflict"), ctes, wider, "other")
        self._columns(tree.args.get("returning"), ctes, scope, "select")

    # -- expressions -------------------------------------------------------------------------------------------

    def _columns(self, value: Any, ctes: dict[str, Table], scope: Scope, clause: Clause) -> None:
        """Collect the columns of an expression; queries in it are read in scopes of their own."""
        exp = self._exp
        if isinstance(value, list):
            for item in value:
                self._columns(item, ctes, scope, clause)
            return
        if not isinstance(value, exp.Expression):
            return
        parameters: frozenset[str] = frozenset()
        if isinstance(value, exp.Lambda):
            parameters = frozenset(item.name.lower() for item in value.expressions)
            scope = replace(
                scope, sources=[*scope.sources, Source("", derived_table("", tuple(parameters), closed=True))]
            )
        if isinstance(value, exp.Query):
            self._query(value, ctes, scope)
        elif isinstance(value, exp.Column):
            is_named = not (is_unknown(value.name) or is_unknown(value.table))
            if is_named and (not isinstance(value.this, exp.Star) or value.table):
                self.found.columns.append(ColumnReference(value, scope, clause))
        else:
            for key, item in value.args.items():
                if isinstance(value, exp.Lambda) and key == "expressions":
                    continue
                self._columns(item, ctes, scope, clause)


def _excluded(target: Source) -> Source:
    """Return the row that an INSERT could not add, `excluded`: its columns are read by that name alone."""
    columns = frozenset(column.name.lower() for column in target.table.columns)
    return Source("excluded", target.table, merged=columns)


def _derived(node: Any, table: Table) -> Source:
    """Return the source of rows that are no table's, under their alias if they have one."""
    name = node.alias if node.args.get("alias") is not None else ""
    return Source(name, table, is_aliased=True, is_quoted=_is_quoted(node))


def _is_quoted(node: Any) -> bool:
    """Return whether the name by which the columns of a source are qualified is in quotes: its alias, or its own."""
    alias = node.args.get("alias")
    return bool(getattr(alias.this if alias is not None else node.this, "quoted", False))


def _renamed(table: Table, name: str, columns: tuple[str, ...]) -> Table:
    if not columns:
        return replace(table, name=name)
    closed = table.closed or len(columns) > len(table.columns)
    return derived_table(name, columns, closed=closed)


def _output_names(tree: Any) -> set[str]:
    """Return the names that a select list gives to results by `AS`, in lower case."""
    return {item.alias.lower() for item in tree.expressions if item.args.get("alias") is not None}
