"""Compute an aggregate of an aggregate in two steps: `(SELECT MAX(COUNT(*)) FROM t GROUP BY a)` becomes
`(SELECT MAX(value) FROM (SELECT COUNT(*) AS value FROM t GROUP BY a))`; with further columns, the groups are sorted and
the first one is taken.

Other readings are possible, so it needs a look."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import Clause, clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate, Edit

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"
_AGGREGATES = frozenset({"count", "sum", "avg", "min", "max", "total"})


@fixer(
    handles=QUERY,
    errors=("Aggregate",),
    examples=[
        Example(
            _TABLE + "SELECT a FROM t GROUP BY a HAVING COUNT(*) = (SELECT MAX(COUNT(*)) FROM t GROUP BY a);\n",
            _TABLE
            + "SELECT a FROM t GROUP BY a HAVING COUNT(*) = "
            + "(SELECT MAX(value) FROM (SELECT COUNT(*) AS value FROM t GROUP BY a));\n",
        ),
        Example(
            _TABLE + "SELECT max(count(*)), a FROM t GROUP BY a;\n",
            _TABLE + "SELECT count(*), a FROM t GROUP BY a ORDER BY count(*) DESC LIMIT 1;\n",
        ),
    ],
    leaves=[_TABLE + "SELECT a FROM t WHERE COUNT(*) > 1 GROUP BY a;\n"],
)
def rank_groups(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    for at in range(len(code.tokens) - 4):
        closer = code.partner.get(at + 1, 0)
        is_nested = code.word(at) in _AGGREGATES and code.word(at + 2) in _AGGREGATES and code.word(at + 3) == "("
        if not is_nested or code.word(at + 1) != "(" or not closer:
            continue
        clauses = clauses_at(code, at)
        select = next((clause for clause in clauses if clause.first < at < clause.last), None)
        if select is None or select.word != "select" or not any(c.word == "group" for c in clauses):
            continue
        is_alone = select.first + 1 == at and closer + 1 == select.last
        edits = _nested(code, at, closer, clauses) if is_alone else _sorted(code, at, closer, clauses)
        if edits and code.takes(edits):
            yield Candidate(tuple(edits), "", safety="needs-a-look")


def _nested(code: Statement, at: int, closer: int, clauses: list[Clause]) -> list[Edit]:
    """Return the edits that compute the inner aggregate in a sub-select."""
    inner, name = code.piece(at + 2, closer), "value"
    head = f"{name}) {code.cased('from')} ({code.cased('select')} {inner} {code.cased('as')} {name}"
    end = code.tokens[clauses[-1].last - 1].end
    return [code.replace(at + 2, closer + 1, head), code.context.edit(end, end, ")")]


def _sorted(code: Statement, at: int, closer: int, clauses: list[Clause]) -> list[Edit]:
    """Return the edits that take the group with the largest or smallest value."""
    if any(clause.word in ("order", "limit") for clause in clauses) or code.word(at) not in ("max", "min"):
        return []
    inner = code.piece(at + 2, closer)
    way = f" {code.cased('desc')}" if code.word(at) == "max" else ""
    end = code.tokens[clauses[-1].last - 1].end
    order = f" {code.cased('order by')} {inner}{way} {code.cased('limit')} 1"
    return [code.replace(at, closer + 1, inner), code.context.edit(end, end, order)]
