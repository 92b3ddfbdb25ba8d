"""Replace a table that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import FailedLookup, failed_lookup, replacing, written_at
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.languages.sql.names.references import TableReference
from quickfix_ls.languages.sql.names.similarity import likely, similarity
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Table
from quickfix_ls.values import Candidate, Edit

_TABLE = "CREATE TABLE customers (id INTEGER, name TEXT);\n"
_MOST = 8
_WORTH = 0.35


@fixer(
    handles=QUERY,
    errors=("UnknownTable",),
    examples=[
        Example(
            _TABLE + "SELECT custmers.name FROM custmers;\n",
            _TABLE + "SELECT customers.name FROM customers;\n",
        )
    ],
)
def rename_table(context: Context) -> Iterator[Candidate]:
    """Replace a table that does not exist by one that is spelt alike or has the columns that are read of it; columns
    that are qualified by its name follow."""
    lookup = failed_lookup(context)
    if lookup is None or not isinstance(lookup.fault.reference, TableReference):
        return
    node = lookup.fault.reference.node
    read = _columns_read(lookup, node)
    scored = sorted(
        ((_worth(lookup.fault.name, table, read), table) for table in _likely(lookup, read)),
        key=lambda pair: -pair[0],
    )
    ctes = [name for name in lookup.fault.reference.known if similarity(name, lookup.fault.name) > 0.6]
    names = [*ctes, *(table.name for worth, table in scored[:_MOST] if worth >= _WORTH)]
    for name in dict.fromkeys(names):
        edits = [replacing(context, node.this, written(name, lookup.dialect, written_at(context, node.this)))]
        if node.args.get("alias") is None:
            edits += _qualifiers(context, lookup, node.name, name)
        yield Candidate(tuple(dict.fromkeys(edit for edit in edits if edit is not None)), "")


def _likely(lookup: FailedLookup, read: set[str]) -> list[Table]:
    """Return the tables that may be meant: by their names, or since they have all columns that are read."""
    schema = lookup.meaning.schema
    names = frozenset(likely(lookup.fault.name, [table.name for table in schema.tables]))
    holders = min((schema.with_column.get(column, []) for column in read), key=len, default=[])
    whole = {id(table) for table in holders if all(table.column(column) for column in read)}
    return [table for table in schema.tables if table.name in names or id(table) in whole]


def _worth(name: str, table: Table, read: set[str]) -> float:
    """Return how likely a table is meant: its name's likeness, and the share of the columns read that it has."""
    covered = sum(table.column(column) is not None for column in read) / len(read) if read else 0.0
    likeness = similarity(name, table.name)
    return max(likeness, 0.0) * 0.7 + covered * 0.3 if read else likeness


def _columns_read(lookup: FailedLookup, node: Any) -> set[str]:
    """Return the names of the columns that are read of a table: those that are qualified by it, or all unqualified ones
    if it is the only table."""
    names: set[str] = set()
    for read in lookup.meaning.references:
        for reference in read.columns:
            source = next((s for s in reference.scope.visible if s.node is node), None)
            if source is None:
                continue
            qualifier = reference.node.table
            if qualifier.lower() == source.name.lower() or (not qualifier and len(reference.scope.sources) == 1):
                names.add(reference.node.name.lower())
    return names


def _qualifiers(context: Context, lookup: FailedLookup, old: str, new: str) -> Iterator[Edit | None]:
    """Yield the edits of the columns that are qualified by the table's own name."""
    for read in lookup.meaning.references:
        for reference in read.columns:
            qualifier = reference.node.args.get("table")
            if qualifier is not None and qualifier.name.lower() == old.lower():
                yield replacing(context, qualifier, written(new, lookup.dialect, written_at(context, qualifier)))
