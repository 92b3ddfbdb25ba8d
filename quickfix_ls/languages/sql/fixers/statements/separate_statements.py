"""Insert the semicolon between two statements."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate

_STARTS = frozenset(
    {"select", "insert", "update", "delete", "create", "drop", "alter", "with", "begin", "commit", "merge"}
)


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t\nSELECT b FROM u;\n", "SELECT a FROM t;\nSELECT b FROM u;\n"),
        Example(
            "-- dialect: sqlite\nCREATE TABLE t (a INTEGER)\n\nINSERT INTO t VALUES (1)\n\nSELECT a FROM t;\n",
            "-- dialect: sqlite\nCREATE TABLE t (a INTEGER);\n\nINSERT INTO t VALUES (1);\n\nSELECT a FROM t;\n",
        ),
    ],
    leaves=["SELECT a FROM (SELECT b FROM u;\n", "SELECT SELECT a FROM t;\n"],
    certain=True,
)
def separate_statements(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all statements that begin on a line of their own behind a complete one, else one for the
    statement at the problem."""
    code = statement_of(context)
    if code is None:
        return
    starts = [at for at in range(1, len(code.tokens)) if _is_start(code, at)]
    own_line = [at for at in starts if "\n" in context.region.text[code.tokens[at - 1].end : code.tokens[at].start]]
    near = [at for at in starts if abs(at - code.at) <= 1]
    for group in dict.fromkeys((tuple(own_line), tuple(near))):
        ends = [code.tokens[at - 1].end for at in group]
        edits = tuple(context.edit(end, end, ";") for end in ends)
        if edits and code.takes(edits):
            yield Candidate(edits, "")
            return


def _is_start(code: Statement, at: int) -> bool:
    before = code.word(at - 1)
    is_complete = code.ends_operand(at - 1) or before in ("asc", "desc")
    return code.word(at) in _STARTS and is_complete and code.level(at)[0] == 0 and not code.unclosed
