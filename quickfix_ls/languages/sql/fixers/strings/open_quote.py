"""Insert the opening quote that a string lacks: `name = Ada'` becomes `name = 'Ada'`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate

_BEFORE = r"(?:[=<>(,]|\b(?:like|in|then|else|and|when|between)\b)"
_LACKING = re.compile(_BEFORE + r"\s*(?P<text>[^\s'\"`=<>(,][^'\"`=<>(,\n]*)['\"]", re.I)
_MOST = 2


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = Ada' AND c = 'x';\n", "SELECT a FROM t WHERE b = 'Ada' AND c = 'x';\n"),
        Example("INSERT INTO t VALUES (1, New York');\n", "INSERT INTO t VALUES (1, 'New York');\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = 'x AND c = 1;\n"],
    certain=True,
)
def open_quote(context: Context) -> Iterator[Candidate]:
    """Yield the places behind an operator, a comma or a bracket where the statement is well formed with the quote."""
    code = statement_of(context)
    if code is None or not any(token.kind == "badstring" for token in code.tokens):
        return
    found = 0
    for place in _LACKING.finditer(code.text):
        start = code.start + place.start("text")
        edits = (context.edit(start, start, place.group()[-1]),)
        if code.takes(edits):
            yield Candidate(edits, "")
            found += 1
            if found == _MOST:
                return
