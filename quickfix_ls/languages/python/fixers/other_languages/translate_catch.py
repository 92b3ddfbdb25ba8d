"""Replace `catch (ValueError e):` of other languages with `except ValueError as e:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.values import Candidate

_CATCH = re.compile(
    r"(?:catch|except|rescue)\b\s*\(?\s*(?:const\s+|final\s+)?(?P<type>[A-Z][\w.]*)?"
    r"\s*(?:as\s|=>|&)?\s*(?P<name>[a-z_]\w*)?\s*\)?"
)


@fixer(
    handles="syntax",
    examples=[
        Example(
            "try:\n    go()\ncatch (ValueError e):\n    print(e)\n",
            "try:\n    go()\nexcept ValueError as e:\n    print(e)\n",
        ),
        Example("try:\n    go()\ncatch (e):\n    print(e)\n", "try:\n    go()\nexcept Exception as e:\n    print(e)\n"),
        Example("try:\n    go()\ncatch:\n    stop()\n", "try:\n    go()\nexcept Exception:\n    stop()\n"),
    ],
)
def translate_catch(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context, 1, 1):
        tokens = context.tokens
        first, last = tokens[line.first], tokens[line.last - 1]
        if last.text != ":":
            continue
        header = context.region.text[first.start : last.start].rstrip()
        found = _CATCH.fullmatch(header)
        if found is None:
            continue
        name = f" as {found['name']}" if found["name"] else ""
        new = f"except {found['type'] or 'Exception'}{name}"
        if new != header:
            yield Candidate((context.edit(first.start, first.start + len(header), new),), f"Write it as `{new}`")
