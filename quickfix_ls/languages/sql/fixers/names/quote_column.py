"""Quote a column whose name holds signs or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.fixers.name_context import columns_with_sources, failed_lookup, named
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = 'CREATE TABLE labs (id INTEGER, "T-BIL" REAL);\n'
_SIGNS = re.compile(r"[\W_]+")


@fixer(
    handles=QUERY,
    errors=("UnknownColumn",),
    examples=[
        Example(
            _TABLE + "SELECT labs.T-BIL FROM labs WHERE id > 1;\n",
            _TABLE + 'SELECT labs."T-BIL" FROM labs WHERE id > 1;\n',
        )
    ],
    leaves=[_TABLE + "SELECT labs.T FROM labs;\n"],
)
def quote_column(context: Context) -> Iterator[Candidate]:
    """Put quotes around the tokens that make up the name of a column that can be read there, at all such places."""
    lookup = failed_lookup(context)
    if lookup is None:
        return
    text = context.region.text
    for name in dict.fromkeys(name for _, name in columns_with_sources(lookup.scope)):
        if not _SIGNS.search(name) or not name.lower().startswith(lookup.fault.name.lower()):
            continue
        pattern = re.compile(r"(?<![\w\"`'])" + re.escape(name) + r"(?![\w\"`'])", re.IGNORECASE)
        places = [found.span() for found in pattern.finditer(text)]
        if any(start == context.offset for start, _ in places):
            yield Candidate(tuple(context.edit(start, end, named(context, name)) for start, end in places), "")
