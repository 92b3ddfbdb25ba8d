"""Remove what stands behind a backslash that continues a line: white space is deleted, a comment is put above the
statement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import logical_start
from quickfix_ls.lexing.tokens import indent_of
from quickfix_ls.values import Candidate, Edit

_BEHIND = re.compile(r"\\(?P<rest>[ \t\f]+|[ \t\f]*(?P<comment>\#[^\r\n]*))(?=\r?\n|\Z)")


@fixer(
    handles="syntax",
    examples=[
        Example("total = 1 + \\ \n    2\n", "total = 1 + \\\n    2\n"),
        Example("total = 1 + \\ \n    2 + \\  \n    3\n", "total = 1 + \\\n    2 + \\\n    3\n"),
        Example(
            "if a:\n    total = 1 + \\  # the first\n        2\n",
            "if a:\n    # the first\n    total = 1 + \\\n        2\n",
        ),
    ],
    leaves=["x = a \\ b\n", "x = 'a \\ \n"],
)
def trim_continuation(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    strings = [(token.start, token.end) for token in context.tokens if token.kind in ("string", "badstring", "comment")]
    found = [
        match for match in _BEHIND.finditer(text) if not any(start <= match.start() < end for start, end in strings)
    ]
    if not found:
        return
    edits: list[Edit] = []
    for match in found:
        edits.append(context.edit(*match.span("rest"), ""))
        if match["comment"]:
            start = logical_start(context, match.start())
            edits.append(context.edit(start, start, f"{indent_of(text[start:])}{match['comment']}\n"))
    comments = [match["comment"] for match in found if match["comment"]]
    title = f"Put `{comments[0]}` above the statement" if comments else "Remove the white space behind the `\\`"
    yield Candidate(tuple(edits), f"{title} ({len(found)} lines)" if len(found) > 1 else title)
