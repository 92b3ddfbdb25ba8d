"""Double an apostrophe within a string: `'it's'` and `'it\\'s'` become `'it''s'`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_WITHIN = re.compile(r"\\'|(?<=\w)'(?=\w)|(?<=\w)'(?= \w[^']*')")
_MOST = 3


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = 'Ann's book';\n", "SELECT a FROM t WHERE b = 'Ann''s book';\n"),
        Example(
            "-- dialect: sqlite\nSELECT a FROM t WHERE b = 'it\\'s' AND c = 'we''re';\n",
            "-- dialect: sqlite\nSELECT a FROM t WHERE b = 'it''s' AND c = 'we''re';\n",
        ),
        Example("SELECT a FROM t WHERE b = 'the dogs' bowl';\n", "SELECT a FROM t WHERE b = 'the dogs'' bowl';\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = 'x AND c = 1;\n"],
    certain=True,
)
def double_apostrophe(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for all apostrophes between letters, then one for each, if the statement is well formed with
    it."""
    code = statement_of(context)
    if code is None or "'" not in code.text:
        return
    places = [place for place in _WITHIN.finditer(code.text) if not _is_doubled(code.text, place)]
    found = 0
    for group in dict.fromkeys((tuple(places), *((place,) for place in places))):
        edits = tuple(_doubled(code, place) for place in group)
        if edits and code.takes(edits):
            yield Candidate(edits, "")
            found += 1
            if found == _MOST or len(group) > 1:
                return


def _is_doubled(text: str, place: re.Match[str]) -> bool:
    return text[place.start() - 1 : place.start()] == "'" or text[place.end() : place.end() + 1] == "'"


def _doubled(code: Statement, place: re.Match[str]) -> Edit:
    return code.context.edit(code.start + place.start(), code.start + place.end(), "''")
