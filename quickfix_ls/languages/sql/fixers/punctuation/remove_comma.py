"""Remove a comma that separates nothing: before a clause, before a closing bracket, or beside another comma."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import CLAUSES, Statement, statement_of
from quickfix_ls.values import Candidate

_JOINS = frozenset(
    {"join", "inner", "left", "right", "full", "cross", "natural", "on", "using", "and", "or", "as", "in"}
)
_OPENS = frozenset({"select", "from", "where", "by", "(", "distinct", "set", "values", "and", "or", "having"})


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: postgres\nSELECT a, b, FROM t WHERE c IN (1, 2,);\n",
            "-- dialect: postgres\nSELECT a, b FROM t WHERE c IN (1, 2);\n",
        ),
        Example("SELECT a,, b FROM t;\n", "SELECT a, b FROM t;\n"),
        Example(
            "-- dialect: sqlite\nCREATE TABLE t (\n  id INTEGER,\n  name TEXT,\n);\n",
            "-- dialect: sqlite\nCREATE TABLE t (\n  id INTEGER,\n  name TEXT\n);\n",
        ),
        Example("SELECT a FROM t, JOIN u ON t.id = u.id;\n", "SELECT a FROM t JOIN u ON t.id = u.id;\n"),
        Example("SELECT , a FROM t;\n", "SELECT a FROM t;\n"),
    ],
    leaves=["SELECT a b c FROM t;\n"],
    certain=True,
)
def remove_comma(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such commas of the statement, if one of them is at the problem."""
    code = statement_of(context)
    if code is None:
        return
    found = [at for at, token in enumerate(code.tokens) if token.text == "," and _separates_nothing(code, at)]
    if any(code.at - 1 <= at <= code.at for at in found):
        yield Candidate(tuple(code.remove(at, at + 1) for at in found), "")


def _separates_nothing(code: Statement, at: int) -> bool:
    after, before = code.word(at + 1), code.word(at - 1)
    if after in ("left", "right") and code.word(at + 2) == "(":
        return False
    return after in CLAUSES or after in _JOINS or after in (")", "", ",") or before in _OPENS
