"""An error-tolerant lexer: text that is not Python becomes an `error` or `badstring` token, and no input raises.

The concatenation of all tokens and the white space between them is the source text itself.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from quickfix_ls.lexing.tokens import Token

KEYWORDS = frozenset(keyword.kwlist)
OPENERS = {"(": ")", "[": "]", "{": "}"}
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}


_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\f]+|\\(?:\r\n|\r|\n))
  | (?P<name>(?!(?:[rRbBuUfFtT]|[rR][bBfFtT]|[bBfFtT][rR]|[uU][rR])["'])[^\W\d]\w*)
  | (?P<newline>\r\n|\r|\n)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>[rRbBuUfFtT]{0,2}(?:
        \"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
      | \"(?!\"\")(?:[^\\\"\r\n]|\\(?:\r\n|.))*\" | '(?!'')(?:[^\\'\r\n]|\\(?:\r\n|.))*' ))
  | (?P<badstring>[rRbBuUfFtT]{0,2}(?:\"\"\".*|'''.*|["'][^\r\n]*))
  | (?P<number>0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+
      |(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)
  | (?P<op>\*\*=|//=|>>=|<<=|\.\.\.|\*\*|//|>>|<<|->|:=|==|!=|<=|>=|<>|[-+*/%@&|^]=|[-+*/%@&|^~<>=()\[\]{},:;.])
  | (?P<error>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def lex(text: str) -> list[Token]:
    """Return all tokens of the text except white space and line continuations. Newlines inside of brackets are kept."""
    return list(lexed(text))


def lexed(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the same tokens lazily, from an offset on."""
    for match in _TOKEN.finditer(text, start):
        kind = match.lastgroup
        if kind == "space":
            continue
        value = match.group()
        if kind == "name" and value in KEYWORDS:
            kind = "keyword"
        yield Token(kind, value, match.start(), match.end())  # type: ignore[arg-type]  # lastgroup is a str


def names_in_text(text: str) -> set[str]:
    """Return the text of every `name` token; this takes a third of the time of `lex`."""
    return {match.group() for match in _TOKEN.finditer(text) if match.lastgroup == "name"} - KEYWORDS
