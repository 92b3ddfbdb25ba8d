"""Replace a function that the dialect lacks by one that is spelt alike."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.calls import near_functions
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a TEXT);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownFunction",),
    examples=[Example(_TABLE + "SELECT SUMM(a) FROM t;\n", _TABLE + "SELECT SUM(a) FROM t;\n")],
)
def rename_function(context: Context) -> Iterator[Candidate]:
    """Replace the name by that of a built-in function, in the case in which it is written."""
    environment, span = context.index.environment, context.problem.span
    assert isinstance(environment, SqlEnvironment)
    old = context.snapshot.text[span.start : span.end]
    for name in near_functions(old, environment.dialect):
        text = name.upper() if old.isupper() else name
        yield Candidate((context.edit(context.offset, context.offset + len(old), text),), "")
