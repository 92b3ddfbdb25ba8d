"""Group the rows by the selected columns where ORDER BY or HAVING uses an aggregate: `SELECT a FROM t ORDER BY
COUNT(*)` becomes `SELECT a FROM t GROUP BY a ORDER BY COUNT(*)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import Clause, clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"


@fixer(
    handles=QUERY,
    errors=("Aggregate", "GroupBy"),
    examples=[
        Example(
            _TABLE + "SELECT a, b FROM t WHERE a > 1 ORDER BY COUNT(*) DESC LIMIT 1;\n",
            _TABLE + "SELECT a, b FROM t WHERE a > 1 GROUP BY a, b ORDER BY COUNT(*) DESC LIMIT 1;\n",
        )
    ],
    leaves=[_TABLE + "SELECT a FROM t WHERE COUNT(*) > 1 GROUP BY a;\n"],
)
def add_group_by(context: Context) -> Iterator[Candidate]:
    """Yield a candidate that groups by all plain columns of the select list, and one by the first of them."""
    code = statement_of(context)
    if code is None:
        return
    clauses = clauses_at(code, min(code.at, len(code.tokens) - 1))
    found = {clause.word: clause for clause in clauses}
    place = found.get("having") or found.get("order")
    select = found.get("select")
    if select is None or place is None or "group" in found or code.at < place.first:
        return
    columns = _columns(code, select)
    end = code.tokens[place.first - 1].end
    for group in dict.fromkeys((tuple(columns), tuple(columns[:1]))):
        if group:
            text = f" {code.cased('group by')} {', '.join(group)}"
            yield Candidate((context.edit(end, end, text),), "", safety="needs-a-look")


def _columns(code: Statement, select: Clause) -> list[str]:
    """Return the items of a select list that are a column, as they are written, without their aliases."""
    start = select.first + (2 if code.word(select.first + 1) == "distinct" else 1)
    commas = [at for at in code.at_level(start, select.last) if code.word(at) == ","]
    items = zip([start, *(at + 1 for at in commas)], [*commas, select.last], strict=True)
    found = []
    for first, last in items:
        width = 3 if code.word(first + 1) == "." else 1
        is_alone = first + width >= last or code.word(first + width) == "as"
        if is_alone and first + width <= last and code.tokens[first].kind == "name":
            found.append(code.piece(first, first + width))
    return found
