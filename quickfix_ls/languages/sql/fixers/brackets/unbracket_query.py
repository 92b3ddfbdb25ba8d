"""Take the brackets from a part of UNION, EXCEPT or INTERSECT, where SQLite allows none; a part that is such a
combination itself, or that is sorted or limited, becomes `SELECT * FROM (...)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_COMBINING = frozenset({"union", "except", "intersect"})
_KEPT = _COMBINING | {"order", "limit"}


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: sqlite\nSELECT a FROM t UNION (SELECT a FROM u WHERE b = 1);\n",
            "-- dialect: sqlite\nSELECT a FROM t UNION SELECT a FROM u WHERE b = 1;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t EXCEPT (SELECT a FROM u UNION SELECT b FROM u);\n",
            "-- dialect: sqlite\nSELECT a FROM t EXCEPT SELECT * FROM (SELECT a FROM u UNION SELECT b FROM u);\n",
        ),
        Example(
            "-- dialect: sqlite\n(SELECT a FROM t) UNION (SELECT a FROM u);\n",
            "-- dialect: sqlite\nSELECT a FROM t UNION SELECT a FROM u;\n",
        ),
    ],
    leaves=["-- dialect: sqlite\nSELECT a FROM t WHERE b IN (SELECT a FROM u;\n"],
    certain=True,
)
def unbracket_query(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None or code.dialect != "sqlite":
        return
    edits: list[Edit] = []
    for at in range(len(code.tokens)):
        closer = code.partner.get(at, at)
        if closer > at and code.word(at + 1) == "select" and _is_part(code, at, closer):
            edits += _without(code, at, closer)
    if edits and code.improves(edits):
        yield Candidate(tuple(edits), "")


def _is_part(code: Statement, opener: int, closer: int) -> bool:
    before, after = code.word(opener - 1), code.word(closer + 1)
    is_behind = before in _COMBINING or (before == "all" and code.word(opener - 2) == "union")
    return is_behind or (after in _COMBINING and before in ("", "("))


def _without(code: Statement, opener: int, closer: int) -> list[Edit]:
    inside = {code.word(at) for at in code.at_level(opener + 1, closer)}
    start, end = code.tokens[opener], code.tokens[closer]
    if inside & _KEPT:
        return [code.context.edit(start.start, start.start, f"{code.cased('select')} * {code.cased('from')} ")]
    return [code.context.edit(start.start, start.end, ""), code.context.edit(end.start, end.end, "")]
