"""Put quotes around a text of several words that is compared with: `state = North Carolina` becomes
`state = 'North Carolina'`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate

_COMPARISONS = frozenset({"=", "<>", "!=", "like", "<", ">", "<=", ">="})


@fixer(
    handles="syntax",
    examples=[
        Example(
            "SELECT a FROM t WHERE state = North Carolina AND b = 1;\n",
            "SELECT a FROM t WHERE state = 'North Carolina' AND b = 1;\n",
        ),
        Example("SELECT a FROM t WHERE name LIKE %Ann%;\n", "SELECT a FROM t WHERE name LIKE '%Ann%';\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = 1 c = 2;\n"],
)
def quote_literal(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    for at in range(max(1, code.at - 4), min(len(code.tokens), code.at + 1)):
        last = _end(code, at)
        if code.word(at - 1) in _COMPARISONS and last > at + 1 and last >= code.at - 1:
            edits = (code.replace(at, last, "'" + code.piece(at, last).replace("'", "''") + "'"),)
            if code.improves(edits):
                yield Candidate(edits, "", safety="needs-a-look")
                return


def _end(code: Statement, at: int) -> int:
    """Return the token behind a run of unknown words, or of pieces without a space between them."""
    words = at
    while words < len(code.tokens) and code.tokens[words].kind == "name" and not _is_name(code, words):
        words += 1
    pieces = at + 1
    while (
        pieces < len(code.tokens)
        and code.tokens[pieces].start == code.tokens[pieces - 1].end
        and code.word(pieces) != ")"
    ):
        pieces += 1
    first = code.tokens[at]
    is_literal = first.text == "%" or (first.kind == "number" and code.word(at + 1)[:1] in ("-", "/", ":"))
    return max(words, pieces if is_literal else at)


def _is_name(code: Statement, at: int) -> bool:
    return (
        code.is_known(code.word(at))
        or code.word(at + 1) in (".", "(", "=", "<", ">")
        or code.tokens[at].text[0] in '"`'
    )
