"""Write a placeholder in angle brackets as a parameter: `id = <order_id>` becomes `id = :order_id`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.statement import statement_of
from quickfix_ls.values import Candidate

_PLACEHOLDER = re.compile(r"<(?P<name>[A-Za-z_][\w ]*)>")


@fixer(
    handles="syntax",
    examples=[
        Example(
            "SELECT a FROM t WHERE id = <order_id> AND day = <the day>;\n",
            "SELECT a FROM t WHERE id = :order_id AND day = :the_day;\n",
        )
    ],
    leaves=["SELECT a FROM t WHERE a < b AND c > ;\n"],
)
def name_parameter(context: Context) -> Iterator[Candidate]:
    code = statement_of(context)
    if code is None:
        return
    edits = [
        context.edit(code.start + one.start(), code.start + one.end(), ":" + one["name"].strip().replace(" ", "_"))
        for one in _PLACEHOLDER.finditer(code.text)
    ]
    if edits and code.improves(edits):
        yield Candidate(tuple(edits), "")
