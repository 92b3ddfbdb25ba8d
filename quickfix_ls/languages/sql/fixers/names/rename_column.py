"""Replace a column that does not exist by one that is spelt alike."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import (
    columns_with_sources,
    failed_lookup,
    named,
    qualifier_of,
    replacing,
    written_at,
)
from quickfix_ls.languages.sql.names.scopes import Scope
from quickfix_ls.languages.sql.names.similarity import similarity
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_MOST = 8
_MIN_SIMILARITY = 0.3
_TABLE = "CREATE TABLE rooms (room_id INTEGER, base_price REAL, max_occupancy INTEGER);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownColumn",),
    examples=[
        Example(_TABLE + "SELECT base_pric FROM rooms;\n", _TABLE + "SELECT base_price FROM rooms;\n"),
        Example(
            _TABLE + "SELECT r.roomid FROM rooms AS r ORDER BY r.roomid;\n",
            _TABLE + "SELECT r.room_id FROM rooms AS r ORDER BY r.room_id;\n",
        ),
    ],
    leaves=[_TABLE + "SELECT zzzz FROM rooms;\n"],
)
def rename_column(context: Context) -> Iterator[Candidate]:
    """Replace a column that does not exist by one of the tables read there that is spelt alike, in all its uses."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    fault, scope = lookup.fault, lookup.scope
    if not fault.qualifier and fault.name.lower() in scope.outputs:
        return  # It is spelt right: the alias of a result, which can't be read there.
    source = scope.source(fault.qualifier) if fault.qualifier else None
    pairs = [(source, c.name) for c in source.table.columns] if source else list(columns_with_sources(scope))
    names = [*dict.fromkeys(name for _, name in pairs)]
    if not fault.qualifier:
        names += [alias for alias in scope.outputs if alias not in {name.lower() for name in names}]
    near = sorted(names, key=lambda name: -similarity(fault.name, name))[:_MOST]
    for name in near:
        if similarity(fault.name, name) < _MIN_SIMILARITY or name == fault.name:
            continue
        qualifier = "" if fault.qualifier else _qualifier(scope, name, lookup.dialect)
        edits = []
        for reference in lookup.same():
            identifier = reference.node.this
            text = qualifier + named(context, name, written_at(context, identifier))
            edit = replacing(context, identifier, text)
            if edit is not None:
                edits.append(edit)
        if edits:
            yield Candidate(tuple(dict.fromkeys(edits)), "")


def _qualifier(scope: Scope, name: str, dialect: str) -> str:
    """Return the qualifier that a column needs: where several sources of the nearest scope that has it have it."""
    for inner in scope.outward():
        holders = [s for s in inner.sources if s.table.column(name) is not None and name.lower() not in s.merged]
        if holders:
            return qualifier_of(holders[0], dialect) + "." if len(holders) > 1 else ""
    return ""
