"""Take the brackets from the columns of a select list: `SELECT (a, b) FROM t` becomes `SELECT a, b FROM t`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a INTEGER, b INTEGER);\n"


@fixer(
    handles=QUERY,
    errors=("Columns",),
    examples=[Example(_TABLE + "SELECT (a, b) FROM t;\n", _TABLE + "SELECT a, b FROM t;\n")],
    leaves=[_TABLE + "SELECT a FROM t WHERE (a, b) = 1;\n"],
    certain=True,
)
def unbracket_columns(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    for at in range(1, len(code.tokens)):
        closer = code.partner.get(at, 0)
        is_item = code.word(at - 1) in ("select", "distinct", ",") and code.word(closer + 1) in ("from", ",", "")
        if closer > at and is_item and any(code.word(i) == "," for i in code.at_level(at + 1, closer)):
            opening, closing = code.tokens[at], code.tokens[closer]
            edits = (context.edit(opening.start, opening.end, ""), context.edit(closing.start, closing.end, ""))
            if code.takes(edits) and code.errors_after(edits) == 0:
                yield Candidate(edits, "")
                return
