"""Remove a bracket that has no partner."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate


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
    """Yield a candidate without all brackets that lack a partner, then one without each of them; only where another
    bracket stands beside it, or it can't be what closes a call."""
    code = statement_of(context)
    if code is None:
        return
    lone = [
        at for at in (*code.unmatched, *code.unclosed) if "(" in code.words(at - 1, 3) or ")" in code.words(at - 1, 3)
    ]
    lone = [at for at in lone if {code.word(at - 1), code.word(at + 1)} & {"(", ")"} or code.word(at + 1) in (";", "")]
    for group in dict.fromkeys((tuple(lone), *((at,) for at in lone))):
        edits = tuple(code.context.edit(code.tokens[at].start, code.tokens[at].end, "") for at in group)
        if edits and code.takes(edits):
            yield Candidate(edits, "")
