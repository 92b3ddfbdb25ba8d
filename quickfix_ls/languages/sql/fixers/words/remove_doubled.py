"""Remove a keyword that is written twice: `SELECT SELECT a`, `FROM FROM t`, `AND AND`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT SELECT a FROM t;\n", "SELECT a FROM t;\n"),
        Example("SELECT a FROM FROM t WHERE b = 1;\n", "SELECT a FROM t WHERE b = 1;\n"),
        Example("SELECT a FROM t WHERE b = 1 AND AND c = 2;\n", "SELECT a FROM t WHERE b = 1 AND c = 2;\n"),
        Example("SELECT a FROM t ORDER BY ORDER BY a;\n", "SELECT a FROM t ORDER BY a;\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = c c;\n"],
    certain=True,
)
def remove_doubled(context: Context) -> Iterator[Candidate]:
    """Yield a candidate without the second of two equal keywords, or of two equal pairs of them, near the problem."""
    code = statement_of(context)
    if code is None:
        return
    for at in range(max(0, code.at - 3), min(len(code.tokens), code.at + 2)):
        for count in (2, 1):
            if code.words(at, count) != code.words(at + count, count) or at + 2 * count > len(code.tokens):
                continue
            if all(token.kind == "keyword" for token in code.tokens[at : at + count]):
                edits = (code.remove(at + count, at + 2 * count),)
                if code.improves(edits):
                    yield Candidate(edits, "")
                    return
