"""Join a keyword that was written as two words: `SEL ECT a` becomes `SELECT a`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.languages.sql.lexer import WORDS
from quickfix_ls.values import Candidate


@fixer(
    handles="syntax",
    examples=[
        Example("SEL ECT a FROM t;\n", "SELECT a FROM t;\n"),
        Example("SELECT a FROM t IN NER JOIN u ON t.id = u.id;\n", "SELECT a FROM t INNER JOIN u ON t.id = u.id;\n"),
    ],
    leaves=["SELECT a FROM t WHERE b c = 1;\n"],
    certain=True,
)
def join_keyword(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    for index in range(max(0, code.at - 6), min(len(code.tokens) - 1, code.at + 2)):
        both = code.word(index) + code.word(index + 1)
        if both in WORDS and code.tokens[index].text.isidentifier() and code.tokens[index + 1].text.isidentifier():
            edits = (code.replace(index, index + 2, code.tokens[index].text + code.tokens[index + 1].text),)
            if code.improves(edits):
                yield Candidate(edits, "")
