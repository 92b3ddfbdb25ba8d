"""Put the clauses of a query into their order: a WHERE behind ORDER BY or GROUP BY, a JOIN behind WHERE, a LIMIT before
ORDER BY. Each clause moves whole."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import Clause, clauses_at
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate

_RANKS = {"select": 0, "from": 1, "join": 2, "where": 3, "group": 4, "having": 5, "window": 6, "order": 7, "limit": 8}
_RANKS |= {"offset": 9, "fetch": 9}


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY a WHERE b = 1 LIMIT 3;\n",
            "-- dialect: sqlite\nSELECT a FROM t WHERE b = 1 ORDER BY a LIMIT 3;\n",
        ),
        Example(
            "-- dialect: sqlite\nselect a\nfrom t\nhaving count(*) > 1\ngroup by a;\n",
            "-- dialect: sqlite\nselect a\nfrom t\ngroup by a\nhaving count(*) > 1;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t WHERE b = 1 LEFT JOIN u ON t.id = u.id;\n",
            "-- dialect: sqlite\nSELECT a FROM t LEFT JOIN u ON t.id = u.id WHERE b = 1;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t LIMIT 3 ORDER BY a;\n",
            "-- dialect: sqlite\nSELECT a FROM t ORDER BY a LIMIT 3;\n",
        ),
        Example(
            "-- dialect: sqlite\nFROM t SELECT a WHERE b = 1;\n", "-- dialect: sqlite\nSELECT a FROM t WHERE b = 1;\n"
        ),
    ],
    leaves=["SELECT a FROM t WHERE b = 1 WHERE c = 2;\n"],
    certain=True,
)
def reorder_clauses(context: Context) -> Iterator[Candidate]:
    """Write the texts of the clauses in their order into the places where clauses stand, with the white space that is
    between them."""
    code = statement_of(context)
    if code is None:
        return
    found = clauses_at(code, min(code.at, len(code.tokens) - 1))
    ordered = sorted(found, key=_rank)
    if ordered == found:
        return
    edits = tuple(
        code.replace(place.first, place.last, code.piece(clause.first, clause.last))
        for place, clause in zip(found, ordered, strict=True)
        if place is not clause
    )
    if code.improves(edits):
        yield Candidate(edits, f"Move `{_moved(found)}`")


def _rank(clause: Clause) -> int:
    return _RANKS.get(clause.word, 0)


def _moved(clauses: list[Clause]) -> str:
    """Return the keyword of the first clause that stands too late."""
    highest = -1
    for clause in clauses:
        if _rank(clause) < highest:
            return clause.keyword
        highest = max(highest, _rank(clause))
    return ""
