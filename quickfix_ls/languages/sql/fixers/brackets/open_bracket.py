"""Insert an opening bracket that is missing: `COUNT *)` becomes `COUNT(*)`, `IN 1, 2)` becomes `IN (1, 2)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.functions import functions_of
from quickfix_ls.values import Candidate, Edit

_BEFORE = frozenset(
    {"in", "values", "exists", "and", "or", "not", "where", "on", "=", "<", ">", ",", "(", "from", "as", "all"}
)
_MOST = 4


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT COUNT *) FROM t;\n", "SELECT COUNT(*) FROM t;\n"),
        Example("SELECT a FROM t WHERE b IN 1, 2);\n", "SELECT a FROM t WHERE b IN (1, 2);\n"),
        Example("INSERT INTO t VALUES 1, 2);\n", "INSERT INTO t VALUES (1, 2);\n"),
        Example("SELECT a FROM t WHERE b IN SELECT c FROM u);\n", "SELECT a FROM t WHERE b IN (SELECT c FROM u);\n"),
    ],
    leaves=["SELECT COUNT(a FROM t;\n"],
)
def open_bracket(context: Context) -> Iterator[Candidate]:
    """Yield the places before the unmatched bracket where the statement is well formed with one more: behind the name
    of a function first, then the nearest."""
    code = statement_of(context)
    if code is None or not code.unmatched:
        return
    closer = code.unmatched[0]
    functions = functions_of(code.dialect) or functions_of("sqlite")
    found = []
    for at in range(closer - 1, 0, -1):
        is_call = code.word(at - 1) in functions and code.word(at) != "("
        if is_call or code.word(at - 1) in _BEFORE:
            edits = (_opened(code, at, is_call),)
            if code.improves(edits):
                found.append((not code.takes(edits), not is_call, closer - at, edits))
    for *_, edits in sorted(found)[:_MOST]:
        yield Candidate(edits, "")


def _opened(code: Statement, at: int, is_call: bool) -> Edit:
    start = code.tokens[at].start
    return code.context.edit(code.tokens[at - 1].end if is_call else start, start, "(")
