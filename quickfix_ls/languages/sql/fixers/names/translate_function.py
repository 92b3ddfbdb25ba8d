"""Write a function of another dialect in the words of this one."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.fixers.call_text import calls_of, is_compared_as_number
from quickfix_ls.languages.sql.fixers.translations import translated
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.values import Candidate

_TABLE = "-- dialect: sqlite\nCREATE TABLE t (a TEXT, day TEXT);\n"


@fixer(
    handles=QUERY,
    errors=("UnknownFunction", "Arguments"),
    examples=[
        Example(
            _TABLE + "SELECT a FROM t WHERE YEAR(day) = 1991;\n",
            _TABLE + "SELECT a FROM t WHERE CAST(STRFTIME('%Y', day) AS INTEGER) = 1991;\n",
        ),
        Example(
            _TABLE + "SELECT LEN(a) FROM t;\n",
            _TABLE + "SELECT LENGTH(a) FROM t;\n",
        ),
    ],
)
def translate_function(context: Context) -> Iterator[Candidate]:
    """Replace the calls of a function by what a table of idioms or sqlglot makes of them: `YEAR(d)` by `STRFTIME('%Y',
    d)` in SQLite. The arguments are kept as they are written, as far as they stand in it."""
    environment = context.index.environment
    assert isinstance(environment, SqlEnvironment)
    text = context.region.text
    spans = list(calls_of(context.tokens, context.problem.name))
    numbers = [is_compared_as_number(context.tokens, span) for span in spans]
    ways = [
        translated(text[span.start : span.end], environment.dialect, is_number=is_number)
        for span, is_number in zip(spans, numbers, strict=True)
    ]
    for way in range(max(map(len, ways), default=0)):
        pairs = [(span, forms[min(way, len(forms) - 1)]) for span, forms in zip(spans, ways, strict=True) if forms]
        edits = [
            context.edit(span.start, span.end, form) for span, form in pairs if form != text[span.start : span.end]
        ]
        if edits and len(pairs) == len(spans):
            yield Candidate(tuple(edits), "")
