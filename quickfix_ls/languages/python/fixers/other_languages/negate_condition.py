"""Replace `unless x:` with `if not x:`, and `until x:` with `while not x:`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.enclosing import logical_last
from quickfix_ls.languages.python.fixers.statements import find_top
from quickfix_ls.values import Candidate

_WORDS = {"unless": "if", "until": "while"}


@fixer(
    handles="syntax",
    examples=[
        Example("unless x > 3:\n    go()\n", "if not x > 3:\n    go()\n"),
        Example("until a or b:\n    go()\n", "while not (a or b):\n    go()\n"),
    ],
    leaves=["unless = 1 2\n"],
)
def negate_condition(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in (context.line, context.line - 1):
        if not 0 <= index < len(context.lines):
            continue
        first, last = context.lines[index].first, logical_last(context, index)
        word = tokens[first].text
        end = last - 1 if tokens[last - 1].text == ":" else last
        if word not in _WORDS or end < first + 2 or (tokens[first + 1].text in ("=", ".", "(") and end == first + 2):
            continue
        if tokens[first + 1].text in ("=", ".", ","):
            continue
        condition = context.text_of(first + 1, end)
        is_compound = find_top(tokens, first + 1, end, ("and", "or", "if", "lambda", ":=")) is not None
        new = f"{_WORDS[word]} not {f'({condition})' if is_compound else condition}:"
        yield Candidate(
            (context.edit(tokens[first].start, tokens[last - 1].end, new),), f"Write it as `{beginning(new)}`"
        )
        return
