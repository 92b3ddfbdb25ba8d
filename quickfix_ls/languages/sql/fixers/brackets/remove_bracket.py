"""Remove a bracket that has no partner."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.values import Candidate

_MOST = 6


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b IN (1, 2));\n", "SELECT a FROM t WHERE b IN (1, 2);\n"),
        Example("SELECT ((a) FROM t;\n", "SELECT (a) FROM t;\n"),
        Example("SELECT COUNT((a) FROM t;\n", "SELECT COUNT(a) FROM t;\n"),
    ],
    leaves=["SELECT COUNT(a FROM t;\n", "SELECT COUNT a) FROM t;\n"],
)
def remove_bracket(context: Context) -> Iterator[Candidate]:
    """Yield a candidate without all brackets that lack a partner, then one without each of them; an opening one that
    may begin a call only where another bracket stands beside it."""
    code = statement_of(context)
    if code is None:
        return
    if not (code.unmatched or code.unclosed):
        return
    sign = ")" if code.unmatched else "("
    places = [at for at in range(len(code.tokens)) if code.word(at) == sign and _may_go(code, at)]
    lone = [at for at in (*code.unmatched, *code.unclosed) if at in places]
    others = sorted((at for at in places if at not in lone), key=lambda at: abs(at - code.at))
    for group in dict.fromkeys((tuple(lone), *((at,) for at in (*lone, *others[:_MOST])))):
        edits = tuple(code.context.edit(code.tokens[at].start, code.tokens[at].end, "") for at in group)
        if edits and code.takes(edits):
            yield Candidate(edits, "")


def _may_go(code: Statement, at: int) -> bool:
    before, after = code.word(at - 1), code.word(at + 1)
    if {before, after} & {"(", ")"} or after in (";", ""):
        return True
    return code.word(at) == "(" and (before in code.tables or before in WORDS or not before.isidentifier())
