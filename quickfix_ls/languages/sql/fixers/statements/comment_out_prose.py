"""Turn text that is no SQL into a comment: the words around a query that was copied from a page or an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import Statement, statement_of
from quickfix_ls.values import Candidate, Edit

_QUERY = re.compile(r"^[ \t]*(?:select|with|insert|update|delete|create)\b", re.IGNORECASE | re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*```.*$", re.MULTILINE)
_MIN_WORDS = 4


@fixer(
    handles="syntax",
    examples=[
        Example(
            "To find all names, use the following query:\n\nSELECT name FROM t;\n",
            "-- To find all names, use the following query:\n\nSELECT name FROM t;\n",
        ),
        Example(
            "-- dialect: sqlite\n```sql\nSELECT name FROM t\n```\n",
            "-- dialect: sqlite\n-- ```sql\nSELECT name FROM t\n-- ```\n",
        ),
    ],
    leaves=["SELECT name FORM t\nWHERE a = 1;\n"],
)
def comment_out_prose(context: Context) -> Iterator[Candidate]:
    """Yield a candidate with `--` before the lines above the last query, if only it is well formed, or before
    fences."""
    code = statement_of(context)
    if code is None:
        return
    text = context.region.text[code.start : code.end]
    fences = tuple(_comment(code, found.start()) for found in _FENCE.finditer(text))
    if fences and code.takes(fences):
        yield Candidate(fences, "", safety="needs-a-look")
        return
    for query in reversed(list(_QUERY.finditer(text))):
        prose = text[: query.start()]
        if len(prose.split()) >= _MIN_WORDS:
            starts = [line.start() for line in re.finditer(r"^.*\S.*$", prose, re.MULTILINE)]
            edits = tuple(_comment(code, start) for start in starts)
            if code.takes(edits):
                yield Candidate(edits, "", safety="needs-a-look")


def _comment(code: Statement, offset: int) -> Edit:
    return code.context.edit(code.start + offset, code.start + offset, "-- ")
