"""Put a list or a sub-select into the brackets that it needs: `IN 1, 2` becomes `IN (1, 2)`, and `SUM(SELECT ...)`
becomes `SUM((SELECT ...))`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import CLAUSES, Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_BEFORE_QUERY = frozenset(
    {
        "in",
        "=",
        "<",
        ">",
        "<=",
        ">=",
        "<>",
        "!=",
        "and",
        "or",
        "not",
        "exists",
        "+",
        "-",
        "*",
        "/",
        "(",
        ",",
        "from",
        "join",
        "as",
    }
)


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b IN 1, 2 AND c = 3;\n", "SELECT a FROM t WHERE b IN (1, 2) AND c = 3;\n"),
        Example(
            "-- dialect: sqlite\nINSERT INTO t VALUES 1, 'x';\n",
            "-- dialect: sqlite\nINSERT INTO t VALUES (1, 'x');\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY SUM(SELECT b FROM u WHERE c = 1) DESC;\n",
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY SUM((SELECT b FROM u WHERE c = 1)) DESC;\n",
        ),
        Example(
            "SELECT a FROM t WHERE b = SELECT MAX(b) FROM t;\n", "SELECT a FROM t WHERE b = (SELECT MAX(b) FROM t);\n"
        ),
    ],
    leaves=["SELECT a FROM t SELECT b FROM t;\n", "SELECT COUNT(a FROM t;\n"],
    certain=True,
)
def bracket_list(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    for at in range(max(1, code.at - 8), min(len(code.tokens), code.at + 2)):
        for last in _ends(code, at):
            edits = _around(code, at, last)
            if code.improves(edits):
                yield Candidate(edits, "")
                return


def _ends(code: Statement, at: int) -> Iterator[int]:
    """Yield the token behind the last one of a list or query that begins at a token without its brackets; no token if
    nothing of that kind begins there."""
    before, last = code.word(at - 1), code.level(at)[1]
    if before in ("in", "values") and code.tokens[at].kind in ("number", "string"):
        end = at + 1
        while code.word(end) == "," and end + 1 < last:
            end += 2
        yield end
    if code.word(at) in ("select", "with") and before in _BEFORE_QUERY:
        yield last
        yield from (i for i in range(at + 1, last) if code.word(i) in CLAUSES | {"and", "or", "/", "*", ","})


def _around(code: Statement, first: int, last: int) -> tuple[Edit, Edit]:
    start, end = code.tokens[first].start, code.tokens[last - 1].end
    return code.context.edit(start, start, "("), code.context.edit(end, end, ")")
