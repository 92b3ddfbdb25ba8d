"""Make the two quotes of a string the same: `" x '` becomes `' x '`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_MIXED = re.compile(
    r"\"(?P<text>[^\"'\n`]*)'|'(?P<other>[^\"'\n`]*)\"|`(?P<tick>[^\"'\n`]*)['\"]|['](?P<back>[^\"'\n`]*)`"
)


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = \"x' AND c = 1;\n", "SELECT a FROM t WHERE b = 'x' AND c = 1;\n"),
        Example("SELECT a FROM t WHERE b = 'x\" AND c = 'y';\n", "SELECT a FROM t WHERE b = 'x' AND c = 'y';\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = 'x AND c = 1;\n"],
    certain=True,
)
def match_quotes(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    position = 0
    while place := _MIXED.search(code.text, position):
        position = place.start() + 1
        edits = _matched(code, place)
        if code.takes(edits):
            yield Candidate(edits, "")
            return


def _matched(code: Statement, place: re.Match[str]) -> tuple[Edit, ...]:
    """Return the edits that give a text single quotes, or the quote of a name if it is a known one."""
    inside = place.group()[1:-1]
    is_name = code.is_known(inside.strip()) and place.group()[0] in '"`'
    quote = place.group()[0] if is_name else "'"
    start, end = code.start + place.start(), code.start + place.end()
    both = ((start, place.group()[0]), (end - 1, place.group()[-1]))
    return tuple(code.context.edit(at, at + 1, quote) for at, old in both if old != quote)
