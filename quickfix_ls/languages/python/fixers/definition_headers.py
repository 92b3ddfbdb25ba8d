"""The headers of functions and classes in broken code."""

from __future__ import annotations

from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.lexing.layout import Line


class Header(NamedTuple):
    """The header of a definition, as token indices: `word` is `def` or `class`, behind the `name` begins the `rest`,
    which ends at `end`."""

    word: str
    name: int
    rest: int
    end: int


def header_at(context: Context, line: Line) -> Header | None:
    """Return the header of a `def` or `class` that begins on a line; None if none does."""
    tokens = context.tokens
    word = line.first + (tokens[line.first].text == "async")
    if word + 1 >= line.last or tokens[word].text not in ("def", "class") or tokens[word + 1].kind != "name":
        return None
    closer = context.brackets.partner.get(word + 2, -1)
    end = line.last
    if closer >= line.last:
        # The parameters go on below.
        end = next((other.last for other in context.lines if other.first <= closer < other.last), line.last)
    return Header(tokens[word].text, word + 1, word + 2, end)
