"""A lexer for SQL of any dialect. It never raises: what is no token of SQL becomes an `error` or `badstring` token.

Where dialects disagree, a token is what most of them take it for: a text in double quotes or backticks is a name, a
backslash does not escape, `#` begins no comment. A string without its closing quote ends at the end of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.lexing.tokens import Token, TokenKind

_RESERVED = """
    add all alter and any as asc between both by case cast check collate column constraint create cross current
    default delete desc distinct drop else end escape except exists false fetch for foreign from full function grant
    group having ilike in index inner insert intersect interval into is join key lateral leading left like limit
    natural not null offset on only or order outer over partition primary procedure qualify recursive references
    returning right rollup select set some table then to trailing trigger true truncate union unique update using
    values view when where window with within
"""
WORDS = frozenset(_RESERVED.split())
"""The reserved words, in lower case."""

KEYWORDS = frozenset((*WORDS, *(word.upper() for word in WORDS), *(word.capitalize() for word in WORDS)))
"""The reserved words as people write them."""

OPENERS = {"(": ")", "[": "]", "{": "}"}

_TOKEN = re.compile(
    r"""
      (?P<comment>--[^\n\r]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))
    | (?P<newline>\r\n|\n|\r)
    | (?P<dollar>\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$)
    | (?P<escaped>[eE]'(?:[^'\\]|\\.|'')*')
    | (?P<string>(?:[bBnNrRxX]|[uU]&)?'(?:[^']|'')*')
    | (?P<quoted>"(?:[^"\n]|"")+"|`[^`\n]+`)
    | (?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\b|0[xX][0-9a-fA-F]+)
    | (?P<name>[^\W\d][\w$]*|@@?\w+|[?]\d*|:[A-Za-z_]\w*|\$\d+|%s|%\(\w+\)s)
    | (?P<op>->>|<=>|\#>>|!~\*|\|\|/|::|:=|\|\||->|<>|<=|>=|!=|==|=>|\*\*|<<|>>|&&|\#>|@>|<@|~\*|!~
            |[-+*/%=<>(),.;\[\]{}:~&|^@\#])
    | (?P<badstring>(?:'|"|`)[^\n\r]*)
    | (?P<error>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_STRINGS = frozenset({"dollar", "escaped", "string"})
_KIND: dict[str, TokenKind] = {
    "comment": "comment",
    "newline": "newline",
    "number": "number",
    "op": "op",
    "badstring": "badstring",
    "quoted": "name",
    **dict.fromkeys(_STRINGS, "string"),
}


def lexed(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text from an offset on, without white space."""
    for found in _TOKEN.finditer(text, start):
        group = found.lastgroup or "error"
        if group == "tag":
            group = "dollar"
        piece = found.group()
        if group == "string" and _swallows_code(piece):
            end = re.compile(r"[^\n\r]*").match(text, found.start())
            assert end is not None
            yield Token("badstring", end.group(), found.start(), end.end())
            yield from lexed(text, end.end())
            return
        if group == "name":
            kind: TokenKind = "keyword" if piece.lower() in WORDS else "name"
        else:
            kind = _KIND.get(group, "error")
        yield Token(kind, piece, found.start(), found.end())


def lex(text: str) -> list[Token]:
    """Return the tokens of a text."""
    return list(lexed(text))


def _swallows_code(piece: str) -> bool:
    """Return whether a text over several lines is likely one without its end that runs up to the next quote: lines of
    it begin as those of a query do."""
    return (
        "\n" in piece
        and re.search(r"\n\s*(?:from|where|join|group by|order by|select|and|having)\s", piece, re.I) is not None
    )


def unquoted(text: str) -> str:
    """Return a name without its quotes."""
    if len(text) > 1 and text[0] in '"`[':
        end = {"[": "]"}.get(text[0], text[0])
        if text[-1] == end:
            return text[1:-1].replace(end * 2, end)
    return text
