"""The names that source text reads as code, whether it parses or not. Words of a string are no reads, and neither are
those between the quotes of a string that a quote inside of it cut open: `'it's late'`, `"say "go" twice"`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.facts import facts_of
from quickfix_ls.lexing.tokens import Token

_WORD = re.compile(r"[^\W\d]\w*")
_FIELD = re.compile(r"\{([^{}\"']*)")
_STRINGS = frozenset({"string", "badstring"})
_WORDS = frozenset({"name", "keyword", "number"})


def names_read(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names in the code of a text; `tokens` are those of the text."""
    cut_open = set(_cut_open(tokens))
    found = {token.text for place, token in enumerate(tokens) if token.kind == "name" and place not in cut_open}
    for token in tokens:
        if token.kind in _STRINGS:
            found.update(_read_by_string(token))
    return frozenset(found)


def is_read_elsewhere(index: Index, name: str) -> bool:
    """Return whether another part of the file reads a name that nothing defines."""
    return name in index.derived(_free_names)


def _free_names(index: Index) -> frozenset[str]:
    return frozenset(free.name for unit in range(len(index.cuts)) for free in facts_of(index, unit).names.free)


def _cut_open(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of the tokens between a string and the next quote of its line, where a word directly follows the
    string, and either a word directly precedes the quote or the quote is never closed."""
    for place, token in enumerate(tokens[:-1]):
        if token.kind != "string" or not _is_word_at(tokens, place + 1, token.end):
            continue
        end = place + 1
        while end < len(tokens) and tokens[end].kind not in _STRINGS and tokens[end].kind != "newline":
            end += 1
        if end == len(tokens) or tokens[end].kind == "newline":
            continue
        before = tokens[end - 1]
        closes = tokens[end].kind == "badstring" or (before.kind in _WORDS and before.end == tokens[end].start)
        if closes:
            yield from range(place + 1, end)


def _is_word_at(tokens: Sequence[Token], place: int, start: int) -> bool:
    return tokens[place].kind in _WORDS and tokens[place].start == start


def _read_by_string(token: Token) -> Iterator[str]:
    """Yield the names in the fields of an f-string, and those in the later lines of a string of several lines: a quote
    that is missing above made a string of that code."""
    prefix = token.text[: len(token.text) - len(token.text.lstrip("rRbBuUfFtT"))]
    if "f" in prefix.lower():
        for field in _FIELD.findall(token.text):
            yield from _WORD.findall(field)
    _, _, below = token.text.partition("\n")
    yield from _WORD.findall(below)
