"""Move a condition on an aggregate from WHERE to HAVING: `WHERE COUNT(*) > 1 GROUP BY a` becomes
`GROUP BY a HAVING COUNT(*) > 1`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import Clause, clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"
_AGGREGATES = frozenset({"count", "sum", "avg", "min", "max", "total"})


@fixer(
    handles=QUERY,
    errors=("Aggregate",),
    examples=[
        Example(
            _TABLE + "SELECT a FROM t WHERE COUNT(*) > 1 GROUP BY a;\n",
            _TABLE + "SELECT a FROM t GROUP BY a HAVING COUNT(*) > 1;\n",
        ),
        Example(
            _TABLE + "SELECT a FROM t WHERE b = 2 AND COUNT(*) > 1 GROUP BY a ORDER BY a;\n",
            _TABLE + "SELECT a FROM t WHERE b = 2 GROUP BY a HAVING COUNT(*) > 1 ORDER BY a;\n",
        ),
    ],
    leaves=[_TABLE + "SELECT MAX(COUNT(*)) FROM t GROUP BY a;\n"],
)
def filter_groups(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    at = min(code.at, len(code.tokens) - 1)
    clauses = clauses_at(code, at)
    found = {clause.word: clause for clause in clauses}
    where, group = found.get("where"), found.get("group")
    if where is None or group is None or not where.first < at < where.last or "having" in found:
        return
    conditions = _conditions(code, where)
    moved = [one for one in conditions if any(code.word(i) in _AGGREGATES for i in code.at_level(*one))]
    kept = [one for one in conditions if one not in moved]
    if not moved or any(code.word(i) == "or" for i in code.at_level(where.first, where.last)):
        return
    word = f" {code.cased('and')} "
    end = code.tokens[group.last - 1].end
    having = f" {code.cased('having')} " + word.join(code.piece(*one) for one in moved)
    if kept:
        rest = code.replace(where.first + 1, where.last, word.join(code.piece(*one) for one in kept))
    else:
        rest = code.remove(where.first, where.last)
    yield Candidate((rest, context.edit(end, end, having)), "", safety="needs-a-look")


def _conditions(code: Statement, where: Clause) -> list[tuple[int, int]]:
    """Return the ranges of the conditions that AND joins."""
    bounds, is_between = [where.first], False
    for at in code.at_level(where.first + 1, where.last):
        if code.word(at) == "between":
            is_between = True
        elif code.word(at) == "and":
            if not is_between:
                bounds.append(at)
            is_between = False
    return [(first + 1, last) for first, last in zip(bounds, [*bounds[1:], where.last], strict=True)]
