"""Join the table that has a column which none of the tables of the query has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import (
    FailedLookup,
    failed_lookup,
    qualifier_of,
    replacing,
    written_at,
)
from quickfix_ls.languages.sql.fixers.query_text import cased, end_of_sources, unqualified_in
from quickfix_ls.languages.sql.names.joins import join_columns
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.languages.sql.names.references import ColumnReference
from quickfix_ls.languages.sql.names.scopes import Source
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Table
from quickfix_ls.values import Candidate, Edit

_MOST = 4
_TABLES = """\
CREATE TABLE owners (owner_id INTEGER PRIMARY KEY, city TEXT);
CREATE TABLE dogs (dog_id INTEGER, owner_id INTEGER REFERENCES owners (owner_id), name TEXT);
"""


@fixer(
    handles=QUERY,
    errors=("UnknownColumn", "UnknownAlias"),
    examples=[
        Example(
            _TABLES + "SELECT name, city FROM dogs WHERE dog_id > 1;\n",
            _TABLES
            + "SELECT name, owners.city FROM dogs JOIN owners ON dogs.owner_id = owners.owner_id WHERE dog_id > 1;\n",
        ),
        Example(
            _TABLES + "SELECT owners.city FROM dogs AS d;\n",
            _TABLES + "SELECT owners.city FROM dogs AS d JOIN owners ON d.owner_id = owners.owner_id;\n",
        ),
    ],
    leaves=[_TABLES + "SELECT street FROM dogs;\n"],
)
def join_table(context: Context) -> Iterator[Candidate]:
    """Join a table that has the column, or whose name qualifies it, by a foreign key or by columns that are named
    alike. It needs a look: which rows the query gives may change."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    scope = next((s for s in lookup.scope.outward() if s.sources), None)
    end = end_of_sources(context, scope) if scope is not None else None
    if scope is None or end is None:
        return
    sources = [source for source in scope.sources if source.is_table and source.table.columns]
    present = {source.table.name.lower() for source in sources}
    for table in _tables(lookup):
        ways = [(source, pair) for source in sources for pair in join_columns(source.table, table)]
        if table.name.lower() in present or not ways:
            continue
        source, pair = ways[0]
        join = context.edit(end, end, _join(context, lookup, source, table, pair))
        yield Candidate((*_qualified(context, lookup, sources, table), join), "", safety="needs-a-look")


def _tables(lookup: FailedLookup) -> Sequence[Table]:
    """Return the tables that may be joined: the one whose name qualifies the column, or those that have it."""
    schema, name = lookup.meaning.schema, lookup.fault.name
    if lookup.fault.code == "UnknownAlias":
        return list(schema.named(name))
    return schema.with_column.get(name.lower(), [])[:_MOST]


def _join(context: Context, lookup: FailedLookup, source: Source, table: Table, pair: tuple[str, str]) -> str:
    own, other = qualifier_of(source, lookup.dialect), written(table.name, lookup.dialect)
    left, right = (written(column, lookup.dialect) for column in pair)
    return f" {cased(context, 'JOIN')} {other} {cased(context, 'ON')} {own}.{left} = {other}.{right}"


def _qualified(context: Context, lookup: FailedLookup, sources: Sequence[Source], table: Table) -> Iterator[Edit]:
    """Yield the edits that qualify the column itself, and those that would be ambiguous beside the new table."""
    name = written(table.name, lookup.dialect)
    done = set()
    if lookup.fault.code != "UnknownAlias":
        for reference in lookup.same():
            qualifier, identifier = reference.node.args.get("table"), reference.node.this
            edit = (
                replacing(context, qualifier, name)
                if qualifier is not None
                else replacing(context, identifier, f"{name}.{written_at(context, identifier)}")
            )
            done.add(id(reference.node))
            if edit is not None:
                yield edit
    columns: list[ColumnReference] = [column for read in lookup.meaning.references for column in read.columns]
    for node in unqualified_in(lookup.scope, columns):
        holder = next((s for s in sources if s.table.column(node.name) is not None), None)
        if holder is not None and table.column(node.name) is not None and id(node) not in done:
            yield from _with_qualifier(context, node, qualifier_of(holder, lookup.dialect))


def _with_qualifier(context: Context, node: Any, qualifier: str) -> Iterator[Edit]:
    edit = replacing(context, node.this, f"{qualifier}.{written_at(context, node.this)}")
    if edit is not None:
        yield edit
