"""Qualify a column by the table or alias that has it."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import (
    FailedLookup,
    failed_lookup,
    qualifier_of,
    replacing,
    written_at,
)
from quickfix_ls.languages.sql.names.references import ColumnReference
from quickfix_ls.languages.sql.names.scopes import Source
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate, Edit

_TABLES = "CREATE TABLE a (id INTEGER, x TEXT);\nCREATE TABLE b (id INTEGER, y TEXT);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownColumn", "AmbiguousColumn"),
    examples=[
        Example(
            _TABLES + "SELECT a.y FROM a JOIN b ON a.id = b.id;\n",
            _TABLES + "SELECT b.y FROM a JOIN b ON a.id = b.id;\n",
        ),
        Example(
            _TABLES + "SELECT id FROM a JOIN b ON a.id = b.id;\n",
            _TABLES + "SELECT a.id FROM a JOIN b ON a.id = b.id;\n",
        ),
    ],
)
def qualify_column(context: Context) -> Iterator[Candidate]:
    """Qualify a column by the table or alias that has it: where several have it, or where another one is named."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    fault = lookup.fault
    for source in lookup.scope.visible:
        if not source.name or source.table.column(fault.name) is None:
            continue
        if source.name.lower() == fault.qualifier.lower():
            continue
        edits: list[Edit | None] = []
        for reference in (*lookup.same(), *_alike(lookup, source)):
            qualifier, identifier = reference.node.args.get("table"), reference.node.this
            name = qualifier_of(source, lookup.dialect)
            if qualifier is not None:
                edits.append(replacing(context, qualifier, name))
            else:
                edits.append(replacing(context, identifier, f"{name}.{written_at(context, identifier)}"))
        found = tuple(dict.fromkeys(edit for edit in edits if edit is not None))
        if found:
            yield Candidate(found, "")


def _alike(lookup: FailedLookup, source: Source) -> Iterator[ColumnReference]:
    """Yield the other columns with the same wrong qualifier that `source` has: two aliases are mixed up more than
    once."""
    fault = lookup.fault
    for other in lookup.meaning.faults if fault.qualifier else ():
        is_same = other.code == fault.code and other.qualifier.lower() == fault.qualifier.lower()
        is_here = other.scope is fault.scope and isinstance(other.reference, ColumnReference)
        if is_same and is_here and source.table.column(other.name) is not None:
            assert isinstance(other.reference, ColumnReference)
            yield other.reference
