"""Merge a clause that is written twice: `WHERE a = 1 WHERE b = 2` becomes `WHERE a = 1 AND b = 2`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.query_clauses import clauses_at
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_JOINED = {"where": "and", "having": "and", "group": ",", "order": ","}


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = 1 WHERE c = 2;\n", "SELECT a FROM t WHERE b = 1 AND c = 2;\n"),
        Example(
            "-- dialect: sqlite\nselect a from t where b = 1 order by a where c = 2;\n",
            "-- dialect: sqlite\nselect a from t where b = 1 and c = 2 order by a;\n",
        ),
        Example("SELECT a FROM t ORDER BY a ORDER BY b;\n", "SELECT a FROM t ORDER BY a, b;\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = 1 SELECT c FROM t WHERE d = 2;\n"],
    certain=True,
)
def merge_clauses(context: Context) -> Iterator[Candidate]:
    """Join the second clause to the first one; one that does not follow it directly moves there."""
    code = statement_of(context)
    if code is None:
        return
    found = clauses_at(code, min(code.at, len(code.tokens) - 1))
    if sum(clause.word == "select" for clause in found) > 1:
        return
    for second in found:
        first = next((one for one in found if one.word == second.word), second)
        if first is second or second.word not in _JOINED or code.word(second.first - 1) == "union":
            continue
        start = second.first + (2 if code.word(second.first + 1) == "by" else 1)
        sign = _JOINED[second.word]
        glue = f" {code.cased(sign)} " if sign.isalpha() else f"{sign} "
        edits: tuple[Edit, ...]
        if first.last == second.first:
            edits = (
                (context.edit(code.tokens[first.last - 1].end, code.tokens[start].start, glue),)
                if _has(code, start)
                else ()
            )
        else:
            end = code.tokens[first.last - 1].end
            moved = context.edit(end, end, glue + code.piece(start, second.last))
            edits = (moved, code.remove(second.first, second.last))
        if edits and code.improves(edits):
            yield Candidate(edits, "")
            return


def _has(code: Statement, index: int) -> bool:
    return index < len(code.tokens)
