"""Names that PostgreSQL folds to lower case, of columns that were created in quotes: `userId` is read as `userid`."""

from __future__ import annotations

from quickfix_ls.languages.sql.names.references import ColumnReference

FOLDING = frozenset({"postgres", "redshift"})
"""Dialects in which a name without quotes is read in lower case, and one in quotes as it is written."""


def is_folded_away(reference: ColumnReference) -> bool:
    """Return whether a column is written without quotes, and each column that it could be has upper-case letters.

    Only the names that a database itself tells are known to be exact; those of DDL are folded when it is run.
    """
    node, scope = reference.node, reference.scope
    identifier = node.this
    if identifier.args.get("quoted"):
        return False
    name = identifier.name
    wanted = [scope.source(node.table)] if node.table else scope.visible
    holders = [s for s in wanted if s is not None and s.is_table and s.table.column(name) is not None]
    exact = [column.name for s in holders for column in s.table.columns if column.name.lower() == name.lower()]
    is_other = any(not s.is_table and s.table.column(name) is not None for s in wanted if s is not None)
    return bool(exact) and not is_other and name.lower() not in exact and name.lower() not in scope.outputs
