"""Make the quotes at both ends of a triple-quoted string match, or turn a doubled quote into a triple or single
quote: `""hello""` becomes `"hello"`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.values import Candidate

_DOUBLED = re.compile(r"(?<![\"'\w])(\"\"|'')(?!\1)([^\"'\r\n]+)\1(?![\"'])")


@fixer(
    handles="syntax",
    examples=[
        Example("def f():\n    \"\"\"Say.'''\n    return 1\n", 'def f():\n    """Say."""\n    return 1\n'),
        Example("x = '''a\nb\"\"\"\n", "x = '''a\nb'''\n"),
        Example('x = ""hello there""\n', 'x = "hello there"\n'),
        Example('def f():\n    ""Say so.""\n', 'def f():\n    """Say so."""\n'),
    ],
    leaves=["x = 'it's'\n"],
)
def match_triple_quotes(context: Context) -> Iterator[Candidate]:
    bad = next((token for token in context.tokens if token.kind == "badstring"), None)
    if bad is not None:
        quotes = bad.text.lstrip("rRbBuUfFtT")[:3]
        other = {'"""': "'''", "'''": '"""'}.get(quotes)
        at = bad.text.find(other, 3) if other else -1
        if other and at >= 0:
            place, start = bad.start + at, bad.start + bad.text.index(quotes)
            yield Candidate((context.edit(place, place + 3, quotes),), f"End the string with `{quotes}` as it began")
            yield Candidate((context.edit(start, start + 3, other),), f"Begin the string with `{other}` as it ends")
    text = context.region.text
    low = text.rfind("\n", 0, max(0, min(context.offset, len(text)))) + 1
    for found in _DOUBLED.finditer(text, low, min(len(text), context.offset + 200)):
        if not is_near(context, found.start(), 200):
            continue
        for quotes in (found[1] + found[1][0], found[1][0]):
            ends = (found.span(1), (found.end(2), found.end()))
            yield Candidate(
                tuple(context.edit(start, end, quotes) for start, end in ends),
                f"Put the string in `{quotes}`",
            )
