"""Right code for errors that few files have a place for: an import and a statement, put into code that people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.imports import import_block

_VERBS = ("result = {}", "value = {}", "print({})", "found = {}", "x = {}")


def statement(rng: Random, expression: str) -> str:
    """Return a statement that uses an expression."""
    return rng.choice(_VERBS).format(expression)


def with_import(text: str, line: str, use: str) -> str:
    """Return the text with an import line among its imports, and the lines `use` at its end."""
    block = import_block(text)
    body = text[: block.place] + block.before + line + block.after + text[block.place :]
    return f"{body.rstrip()}\n\n{use}\n"


def is_free(text: str, names: Iterable[str]) -> bool:
    """Return whether none of the names occurs in a text."""
    return not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def line_of(text: str, word: str, after: str = "") -> int:
    """Return the line, from 1, of the first occurrence of a word behind a piece of text; 1 if there is none."""
    start = max(0, text.find(after)) if after else 0
    found = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").search(text, start)
    return text.count("\n", 0, found.start()) + 1 if found is not None else 1


def mistyped(rng: Random, word: str) -> str:
    """Return a word with one typing error that leaves it an identifier."""
    for _ in range(10):
        new = mistype(word, rng)
        if new != word and new.isidentifier():
            return new
    return word + word[-1]
