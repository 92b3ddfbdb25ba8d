"""Open a field of an f-string before its expression, or make a single `}` a pair or remove it: `f"price:.2f}"` becomes
`f"{price:.2f}"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.fstring_fields import OPERAND, SPEC, FormatString, broken_fstrings
from quickfix_ls.languages.python.lexer import OPENERS
from quickfix_ls.values import Candidate

_BEFORE = re.compile(rf"(?<![\w.]){OPERAND}(?:![rsa])?(?::{SPEC})?\Z")


@fixer(
    handles="syntax",
    examples=[
        Example('print(f"x}")\n', 'print(f"{x}")\n'),
        Example('print(f"it costs price:.2f}")\n', 'print(f"it costs {price:.2f}")\n'),
        Example('print(f"(x} is it")\n', 'print(f"{x} is it")\n'),
        Example('print(f"{x}}")\n', 'print(f"{x}")\n'),
        Example('print(f"{{x}")\n', 'print(f"{x}")\n'),
        Example('print(f"{{x}")\n', 'print(f"{{x}}")\n'),
    ],
    leaves=['print(f"{x")\n'],
)
def open_field(context: Context) -> Iterator[Candidate]:
    for string in broken_fstrings(context):
        for stray in string.stray:
            yield from _opened(context, string, stray)


def _opened(context: Context, string: FormatString, stray: int) -> Iterator[Candidate]:
    body, start = string.parts.body, string.start
    removed = Candidate((context.edit(start + stray, start + stray + 1, ""),), "Remove the stray `}`")
    doubled = Candidate((context.edit(start + stray, start + stray, "}"),), "Double the brace: `}}`")
    if any(field.closing == stray - 1 for field in string.fields):
        yield removed
        return
    found = next((match for at in range(stray) if (match := _BEFORE.search(body[:stray], at))), None)
    if found is None:
        yield from (doubled, removed)
        return
    at, shown = found.start(), beginning(found.group())
    before = body[at - 1 : at] if at else ""
    if body[:at].endswith("{{"):
        yield Candidate((context.edit(start + at - 1, start + at, ""),), f"Remove a brace: `{{{shown}}}`")
        yield doubled
    elif before in OPENERS and body[:stray].count(before) > body[:stray].count(OPENERS[before]):
        yield Candidate((context.edit(start + at - 1, start + at, "{"),), f"Replace `{before}` with `{{`")
    else:
        yield Candidate((context.edit(start + at, start + at, "{"),), f"Open the field: `{{{shown}}}`")
        yield from (doubled, removed)
