"""Join an operator that was written as two signs: `> =` becomes `>=`, `! =` becomes `!=`, and `=>` becomes `>=`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate

_PAIRS = {
    (">", "="): ">=", ("<", "="): "<=", ("!", "="): "!=", ("<", ">"): "<>", ("=", "<"): "<=", ("=", ">"): ">=",
    ("=", "="): "=", ("|", "|"): "||", (":", ":"): "::", ("=", "!"): "!=", (">", "<"): "<>", (">=", "="): ">=",
    ("<=", "="): "<=", ("!=", "="): "!=", ("==", "="): "=", ("-", ">"): "->", ("<", "<>"): "<>",
}  # fmt: skip
_WRONG = {"=>": ">=", "≥": ">=", "≤": "<=", "≠": "<>"}


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT name FROM t WHERE size > = 1;\n", "SELECT name FROM t WHERE size >= 1;\n"),
        Example(
            "SELECT name FROM t WHERE size ! = 1 AND a < > 2;\n", "SELECT name FROM t WHERE size != 1 AND a <> 2;\n"
        ),
        Example("SELECT name FROM t WHERE size =< 1;\n", "SELECT name FROM t WHERE size <= 1;\n"),
        Example("SELECT name FROM t WHERE size ≥ 1;\n", "SELECT name FROM t WHERE size >= 1;\n"),
    ],
    leaves=["SELECT name FROM t WHERE size > ;\n", "SELECT size < FROM t;\n"],
    certain=True,
)
def join_operator(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such operators of the statement, if one of them is at the problem."""
    code = statement_of(context)
    if code is None:
        return
    edits, is_near, index = [], False, 0
    while index < len(code.tokens):
        text = code.tokens[index].text
        new, count = _PAIRS.get((text, code.word(index + 1))), 2
        if new is None:
            new, count = _WRONG.get(text), 1
        if new is None:
            index += 1
            continue
        is_near = is_near or index - 1 <= code.at <= index + count + 1
        edits.append(code.replace(index, index + count, new))
        index += count
    if is_near:
        yield Candidate(tuple(edits), "")
