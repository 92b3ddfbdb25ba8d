"""Close a string that has no closing quote, where it most likely ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate

_END = re.compile(
    r"\s+(?:and|or|group\s+by|order\s+by|limit|from|where|as|then|else|end|union|in|having|join|on)\b|\s*[,);]|\s*\Z",
    re.I,
)
_MOST = 6


@fixer(
    handles="syntax",
    examples=[
        Example("SELECT a FROM t WHERE b = 'x AND c = 1;\n", "SELECT a FROM t WHERE b = 'x' AND c = 1;\n"),
        Example("SELECT a FROM t WHERE b = 'New York;\n", "SELECT a FROM t WHERE b = 'New York';\n"),
        Example("INSERT INTO t VALUES (1, 'one, 2);\n", "INSERT INTO t VALUES (1, 'one', 2);\n"),
        Example("SELECT a FROM t WHERE b IN ('x, 'y');\n", "SELECT a FROM t WHERE b IN ('x', 'y');\n"),
    ],
    leaves=["SELECT a FROM t WHERE b = ;\n"],
)
def close_quote(context: Context) -> Iterator[Candidate]:
    """Yield the ends at which the statement is well formed, the nearest first; also for a quote that was missing in an
    earlier string, so that a later quote seems to be the open one."""
    code = statement_of(context)
    if code is None or not any(token.kind == "badstring" for token in code.tokens):
        return
    found = 0
    strings = [token for token in code.tokens if token.kind in ("string", "badstring") and token.text[0] in "'\"`"]
    for token in reversed(strings):
        for end in _END.finditer(token.text, 1):
            place = token.start + end.start()
            edits = (context.edit(place, place, token.text[0]),)
            if end.start() > 1 and code.takes(edits):
                yield Candidate(edits, "")
                found += 1
                if found == _MOST:
                    return
