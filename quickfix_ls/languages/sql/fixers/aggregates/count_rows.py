"""Count rows where another aggregate was given `*`: `sum(*)` becomes `count(*)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.problems.kinds import QUERY, SYNTAX
from quickfix_ls.values import Candidate

_OTHERS = frozenset({"sum", "avg", "max", "min", "total"})
_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"


@fixer(
    handles=(SYNTAX, QUERY),
    errors=("SyntaxError", "Arguments"),
    examples=[
        Example(_TABLE + "SELECT a, sum(*) FROM t GROUP BY a;\n", _TABLE + "SELECT a, count(*) FROM t GROUP BY a;\n")
    ],
    leaves=["SELECT sum(a FROM t;\n"],
)
def count_rows(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    edits = []
    for at in range(len(code.tokens) - 3):
        if code.word(at) in _OTHERS and code.words(at + 1, 3) == ("(", "*", ")"):
            name = code.tokens[at].text
            edits.append(code.replace(at, at + 1, "COUNT" if name.isupper() else "count"))
    if edits:
        yield Candidate(tuple(edits), "", safety="needs-a-look")
