"""Write a comparison with ALL or ANY of a sub-select as SQLite takes it: `> ALL (SELECT x ...)` becomes
`> (SELECT MAX(x) ...)`, `= ANY (SELECT ...)` becomes `IN (SELECT ...)`.

The two differ where the sub-select gives no row or a NULL, so it needs a look."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_LARGEST = {(">", "all"), (">=", "all"), ("<", "any"), ("<=", "any"), ("<", "some"), ("<=", "some")}
_SMALLEST = {("<", "all"), ("<=", "all"), (">", "any"), (">=", "any"), (">", "some"), (">=", "some")}
_MEMBER = {("=", "any"): "in", ("=", "some"): "in", ("<>", "all"): "not in", ("!=", "all"): "not in"}


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: sqlite\nSELECT a FROM t WHERE b > ALL (SELECT b FROM t WHERE c = 1);\n",
            "-- dialect: sqlite\nSELECT a FROM t WHERE b > (SELECT MAX(b) FROM t WHERE c = 1);\n",
        ),
        Example(
            "-- dialect: sqlite\nselect a from t where b = any (select b from u);\n",
            "-- dialect: sqlite\nselect a from t where b in (select b from u);\n",
        ),
    ],
    leaves=["-- dialect: sqlite\nSELECT a FROM t WHERE b > (SELECT b, FROM t);\n"],
    certain=True,
)
def replace_quantifier(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such comparisons of the statement."""
    code = statement_of(context)
    if code is None or code.dialect != "sqlite":
        return
    edits: list[Edit] = []
    for at in range(1, len(code.tokens) - 2):
        if code.word(at + 1) == "(" and code.word(at + 2) == "select" and code.partner.get(at + 1):
            edits += _replaced(code, at)
    if edits and code.improves(edits):
        yield Candidate(tuple(edits), "", safety="needs-a-look")


def _replaced(code: Statement, at: int) -> list[Edit]:
    pair = code.words(at - 1, 2)
    if pair in _MEMBER:
        return [code.replace(at - 1, at + 1, code.cased(_MEMBER[pair]))]
    if pair not in _LARGEST | _SMALLEST:
        return []
    clauses = clauses_at(code, at + 3)
    items = next((clause for clause in clauses if clause.word == "select" and clause.first == at + 2), None)
    if items is None or any(clause.word in ("group", "limit") for clause in clauses):
        return _with_query(code, at, pair)
    start = items.first + (2 if code.word(items.first + 1) == "distinct" else 1)
    if any(code.word(index) == "," for index in code.at_level(start, items.last)) or start >= items.last:
        return []
    function = code.cased("max" if pair in _LARGEST else "min")
    wrapped = f"{function}({code.piece(start, items.last)})"
    return [code.remove(at, at + 1), code.replace(start, items.last, wrapped)]


def _with_query(code: Statement, at: int, pair: tuple[str, ...]) -> list[Edit]:
    """Return the edits for a sub-select with groups, whose results are sorted: the first one is compared with."""
    closer = code.partner[at + 1]
    if any(code.word(index) in ("order", "limit") for index in code.at_level(at + 2, closer)):
        return []
    order = code.cased("order by") + " 1" + (" " + code.cased("desc") if pair in _LARGEST else "")
    end = code.tokens[closer - 1].end
    return [code.remove(at, at + 1), code.context.edit(end, end, f" {order} {code.cased('limit')} 1")]
