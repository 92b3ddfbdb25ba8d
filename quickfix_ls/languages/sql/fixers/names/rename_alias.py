"""Replace a qualifier that is no table or alias of its query."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import failed_lookup, place_of, qualifier_of, replacing
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.languages.sql.names.similarity import similarity
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "CREATE TABLE rooms (room_id INTEGER, price REAL);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownAlias",),
    examples=[
        Example(
            _TABLE + "SELECT rm.price FROM rooms AS r WHERE rm.room_id > 1;\n",
            _TABLE + "SELECT r.price FROM rooms AS r WHERE r.room_id > 1;\n",
        )
    ],
)
def rename_alias(context: Context) -> Iterator[Candidate]:
    """Replace a qualifier that is no table or alias of the query by one that is, in all its uses; the column may have
    to be another one, too."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    wrong = [reference.node for reference in lookup.same()]
    for source in lookup.scope.visible:
        if not source.name:
            continue
        edits = []
        for node in wrong:
            fits = not source.table.closed or source.table.column(node.name) is not None or node.name == "*"
            if fits and (edit := replacing(context, node.args["table"], qualifier_of(source, lookup.dialect))):
                edits.append(edit)
        if edits and len(edits) == len({place_of(node.args["table"]) for node in wrong}):
            yield Candidate(tuple(dict.fromkeys(edits)), "")
    own = [node for node in wrong if (place := place_of(node.args["table"])) and place.start == context.offset]
    for node in own:
        for source in lookup.scope.visible:
            near = max(source.table.columns, key=lambda c: similarity(node.name, c.name), default=None)
            if source.name and near is not None and similarity(node.name, near.name) > 0.6:
                first = replacing(context, node.args["table"], qualifier_of(source, lookup.dialect))
                second = replacing(context, node.this, written(near.name, lookup.dialect))
                if first and second and near.name.lower() != node.name.lower():
                    yield Candidate((first, second), "")
