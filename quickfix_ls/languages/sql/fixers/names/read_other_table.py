"""Read from another table, which has all columns that the query reads."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import FailedLookup, failed_lookup, replacing, written_at
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.languages.sql.names.scopes import Source
from quickfix_ls.languages.sql.names.similarity import similarity
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Table
from quickfix_ls.values import Candidate

_MOST = 4
_TABLES = """\
CREATE TABLE tests (id INTEGER, result TEXT);
CREATE TABLE labs (id INTEGER, day TEXT, sm TEXT);
"""


@fixer(
    handles=QUERY,
    errors=("UnknownColumn", "UnknownAlias"),
    examples=[
        Example(
            _TABLES + "SELECT COUNT(id) FROM tests WHERE sm = 'negative';\n",
            _TABLES + "SELECT COUNT(id) FROM labs WHERE sm = 'negative';\n",
        ),
        Example(_TABLES + "SELECT labs.sm FROM tests;\n", _TABLES + "SELECT labs.sm FROM labs;\n"),
    ],
    leaves=[_TABLES + "SELECT sm, result FROM tests;\n"],
)
def read_other_table(context: Context) -> Iterator[Candidate]:
    """Replace a table by one that has all columns which the query reads of it. It needs a look."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    fault, scope = lookup.fault, lookup.scope
    sources = [source for source in scope.sources if source.is_table and source.node is not None]
    if fault.code == "UnknownAlias":
        tables = list(lookup.meaning.schema.named(fault.name))
        sources = [source for source in sources if not source.is_aliased]
    else:
        tables = list(lookup.meaning.schema.with_column.get(fault.name.lower(), ()))
        if fault.qualifier:
            sources = [source for source in sources if source.name.lower() == fault.qualifier.lower()]
    present = {source.table.name.lower() for source in sources}
    for source in sources if len(sources) == 1 else ():
        read = _columns_of(lookup, source)
        fitting = [table for table in tables if table.name.lower() not in present and _has(table, read)]
        for table in sorted(fitting, key=lambda table: -similarity(source.table.name, table.name))[:_MOST]:
            yield from _swapped(context, lookup, source, table)


def _columns_of(lookup: FailedLookup, source: Source) -> set[str]:
    """Return the names of all columns that the statement reads of a source, the unknown one included."""
    names = set()
    is_only = len(lookup.scope.sources) == 1
    for read in lookup.meaning.references:
        for reference in read.columns:
            qualifier = reference.node.table.lower()
            is_own = qualifier in (source.name.lower(), lookup.fault.name.lower()) or (not qualifier and is_only)
            if is_own and source in reference.scope.visible:
                names.add(reference.node.name.lower())
    return names


def _has(table: Table, names: set[str]) -> bool:
    return all(table.column(name) is not None for name in names if name != "*")


def _swapped(context: Context, lookup: FailedLookup, source: Source, table: Table) -> Iterator[Candidate]:
    identifier = source.node.this
    edits = [replacing(context, identifier, written(table.name, lookup.dialect, written_at(context, identifier)))]
    if not source.is_aliased:
        for read in lookup.meaning.references:
            for reference in read.columns:
                qualifier = reference.node.args.get("table")
                if qualifier is not None and qualifier.name.lower() == source.name.lower():
                    edits.append(replacing(context, qualifier, written(table.name, lookup.dialect)))
    yield Candidate(tuple(dict.fromkeys(edit for edit in edits if edit)), "", safety="needs-a-look")
