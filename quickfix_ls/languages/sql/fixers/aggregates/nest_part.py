"""Put a part of UNION, EXCEPT or INTERSECT that is sorted or limited by itself into a sub-select, where the dialect
wants ORDER BY and LIMIT behind the last part."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate, Edit

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"
_COMBINING = frozenset({"union", "except", "intersect"})


@fixer(
    handles=QUERY,
    errors=("OrderBy",),
    examples=[
        Example(
            _TABLE + "SELECT a FROM t ORDER BY b LIMIT 1 UNION SELECT b FROM t;\n",
            _TABLE + "SELECT * FROM (SELECT a FROM t ORDER BY b LIMIT 1) UNION SELECT b FROM t;\n",
        ),
        Example(
            _TABLE + "SELECT a FROM t ORDER BY b LIMIT 1 UNION ALL SELECT b FROM t ORDER BY a LIMIT 1;\n",
            _TABLE
            + "SELECT * FROM (SELECT a FROM t ORDER BY b LIMIT 1) UNION ALL "
            + "SELECT * FROM (SELECT b FROM t ORDER BY a LIMIT 1);\n",
        ),
    ],
    leaves=[_TABLE + "SELECT a FROM t GROUP BY a ORDER BY 7;\n"],
    certain=True,
)
def nest_part(context: Context) -> Iterator[Candidate]:
    """Yield a candidate with the last part nested too, if it has an order of its own, and one without."""
    code = statement_of(context)
    if code is None:
        return
    for first, last in _levels(code):
        parts = _parts(code, first, last)
        if len(parts) < 2:
            continue
        limited = [part for part in parts if any(code.word(at) in ("order", "limit") for at in code.at_level(*part))]
        before = [part for part in limited if part != parts[-1]]
        if not before:
            continue
        for group in dict.fromkeys((tuple(limited), tuple(before))):
            edits = [edit for part in group for edit in _nested(code, *part)]
            if code.takes(edits):
                yield Candidate(tuple(edits), "")


def _levels(code: Statement) -> Iterator[tuple[int, int]]:
    yield 0, len(code.tokens)
    for at in range(len(code.tokens)):
        if code.partner.get(at, at) > at and code.word(at + 1) == "select":
            yield at + 1, code.partner[at]


def _parts(code: Statement, first: int, last: int) -> list[tuple[int, int]]:
    """Return the ranges of the parts of a combination."""
    parts, start = [], first
    for at in code.at_level(first, last):
        if code.word(at) in _COMBINING:
            parts.append((start, at))
            start = at + (2 if code.word(at + 1) == "all" else 1)
    return [*parts, (start, last)] if start < last else parts


def _nested(code: Statement, first: int, last: int) -> tuple[Edit, Edit]:
    start, end = code.tokens[first].start, code.tokens[last - 1].end
    head = f"{code.cased('select')} * {code.cased('from')} ("
    return code.context.edit(start, start, head), code.context.edit(end, end, ")")
