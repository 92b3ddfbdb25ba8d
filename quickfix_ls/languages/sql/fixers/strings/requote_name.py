"""Write the quotes of another dialect as those of this one: backticks and square brackets around names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.languages.sql.names.quoting import written
from quickfix_ls.values import Candidate

_FOREIGN = re.compile(r"`(?P<tick>[^`\n]+)`|(?<![\w\])])\[(?P<square>[A-Za-z_][^\]\n]*)\]")


@fixer(
    handles="syntax",
    examples=[
        Example(
            "-- dialect: postgres\nSELECT `id`, `first name` FROM `t`;\n",
            '-- dialect: postgres\nSELECT id, "first name" FROM t;\n',
        ),
        Example(
            "-- dialect: mysql\nSELECT [id], [first name] FROM [t];\n",
            "-- dialect: mysql\nSELECT id, `first name` FROM t;\n",
        ),
    ],
    leaves=["-- dialect: postgres\nSELECT a[1 FROM t;\n"],
    certain=True,
)
def requote_name(context: Context) -> Iterator[Candidate]:
    """Yield one candidate for all such names of the statement."""
    code = statement_of(context)
    if code is None:
        return
    strings = [(token.start, token.end) for token in code.tokens if token.kind == "string"]
    edits = []
    for found in _FOREIGN.finditer(code.text):
        start, end = found.start() + code.start, found.end() + code.start
        if not any(low < start < high for low, high in strings):
            edits.append(context.edit(start, end, written(found["tick"] or found["square"], code.dialect)))
    if edits and code.improves(edits):
        yield Candidate(tuple(edits), "")
