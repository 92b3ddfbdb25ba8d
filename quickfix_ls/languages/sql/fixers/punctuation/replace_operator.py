"""Replace an operator of a programming language: `==` becomes `=`, `&&` becomes `AND`, and `!x` becomes `NOT x`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate

_WORDS = {"&&": "AND", "!": "NOT", "||": "OR", "|": "OR", "&": "AND"}
_SIGNS = {"==": "=", ":=": "=", "<=>": "IS"}
_PROSE = {
    ("is", "equal", "to"): "=", ("equal", "to"): "=", ("equals", "to"): "=", ("equals",): "=",
    ("is", "greater", "than"): ">", ("greater", "than"): ">",
    ("is", "less", "than"): "<", ("less", "than"): "<", ("not", "equal", "to"): "<>",
    ("is", "not", "equal", "to"): "<>", ("not", "<"): ">=", ("not", ">"): "<=", ("not", "="): "<>",
}  # fmt: skip


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: postgres\nSELECT a FROM t WHERE b == 1;\n",
            "-- dialect: postgres\nSELECT a FROM t WHERE b = 1;\n",
        ),
        Example(
            "-- dialect: sqlite\nselect a from t where b = 1 && c = 2;\n",
            "-- dialect: sqlite\nselect a from t where b = 1 and c = 2;\n",
        ),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t WHERE b is greater than 3;\n",
            "-- dialect: sqlite\nSELECT a FROM t WHERE b > 3;\n",
        ),
    ],
    leaves=["SELECT a FROM t WHERE b = ;\n"],
)
def replace_operator(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all operators of the same sort, if one of them is near the problem."""
    code = statement_of(context)
    if code is None:
        return
    for near in range(max(0, code.at - 3), min(len(code.tokens), code.at + 2)):
        new = _replacement(code, near)
        if new is None:
            continue
        same = [at for at in range(len(code.tokens)) if code.words(at, new[1]) == code.words(near, new[1])]
        edits = tuple(code.replace(at, at + new[1], new[0]) for at in same)
        if code.improves(edits):
            yield Candidate(edits, "")
            return


def _replacement(code: Statement, at: int) -> tuple[str, int] | None:
    """Return what replaces the tokens from one on, and their number; None if they are no such operator."""
    text = code.tokens[at].text
    if text in _WORDS:
        return code.cased(_WORDS[text]), 1
    if text in _SIGNS:
        return (code.cased(_SIGNS[text]) if _SIGNS[text].isalpha() else _SIGNS[text]), 1
    for count in (4, 3, 2, 1):
        if code.words(at, count) in _PROSE:
            return _PROSE[code.words(at, count)], count
    return None
