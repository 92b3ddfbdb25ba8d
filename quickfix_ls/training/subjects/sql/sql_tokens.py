"""Tokens of SQL by one regular expression, for comparing texts: words, strings, quoted names, numbers and signs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class SqlToken(NamedTuple):
    """A token: its `text`, its span, and its `kind`: `word`, `string` ('...'), `quoted` (a name, in SQLite possibly a
    string: "...", `...`, [...]), `number`, `sign`, or `open` for a quote that is never closed, to the end."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def key(self) -> str:
        """The text for comparing: upper and lower case are alike outside of strings, and so are the quotes of names."""
        if self.kind in ("string", "open"):
            return self.text
        return f'"{self.content.lower()}"' if self.kind == "quoted" else self.text.lower()

    @property
    def content(self) -> str:
        """The text without its quotes."""
        if self.kind not in ("string", "quoted"):
            return self.text
        return self.text[1:-1].replace(self.text[0] * 2, self.text[0])

    def reads(self, *words: str) -> bool:
        """Return whether the token is one of the given words or signs, which are in lower case."""
        return self.kind in ("word", "sign") and self.text.lower() in words


_TOKEN = re.compile(
    r"""(?P<blank>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[A-Za-z_][^\]\n]*\])
    |(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![A-Za-z_]))
    |(?P<word>[^\W\d][\w$]*|\d[\w$]*|[@:?$#]\w*)
    |(?P<open>['"`].*)
    |(?P<sign><=>|<>|!=|<=|>=|==|\|\||::|->>|->|<<|>>|.)""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[SqlToken, ...]:
    """Return the tokens of a text, without comments and white space."""
    return tuple(
        SqlToken(found.group(), found.start(), found.end(), str(found.lastgroup))
        for found in _TOKEN.finditer(text)
        if found.lastgroup != "blank"
    )


def keys_of(text: str) -> list[str]:
    """Return what two texts are compared by: their tokens, with upper and lower case alike outside of strings, without
    semicolons at the end."""
    keys = [token.key for token in tokens_of(text)]
    while keys and keys[-1] == ";":
        keys.pop()
    return keys


def double_quoted(text: str) -> frozenset[str]:
    """Return the words in double quotes of a text; SQLite takes those that it doesn't know for strings."""
    return frozenset(token.text for token in tokens_of(text) if token.kind == "quoted" and token.text[0] == '"')


def statements(text: str) -> list[str]:
    """Return the statements of a text, cut at semicolons."""
    found, start = [], 0
    for token in tokens_of(text):
        if token.reads(";"):
            found.append(text[start : token.start])
            start = token.end
    found.append(text[start:])
    return [part for part in found if tokens_of(part)]
