"""A lexer for SQL of any dialect. It never raises: what is no token of SQL becomes an `error` or `badstring` token.

Where dialects disagree, a token is what most of them take it for: a text in double quotes or backticks is a name, a
backslash does not escape, `#` begins no comment. But `\'` with a letter behind it is an escaped quote, as in MySQL's
`'O\'Brien'`: behind the end of a text stands no letter. A string without its closing quote ends at the end of its line.
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

_DOT_COMMANDS = (
    "mode|headers?|read|import|output|once|open|schema|tables|dump|quit|exit|echo|separator|width|timer|bail|print"
    "|param|parameter|cd|load|nullvalue|changes|backup|restore|databases|indexes|show|shell|system|eqp|help|excel"
)

COMMANDS = re.compile(r"^[ \t]*(?:\\|\.[a-z]|delimiter\b)|\bstdin\b", re.IGNORECASE | re.MULTILINE)
"""A place where a command of a tool may stand, see `tool_commands`."""

OPENERS = {"(": ")", "[": "]", "{": "}"}

_TOKEN = re.compile(
    r"""
      (?P<name>(?![bBnNrRxXeE]'|[uU]&'|(?i:stdin\b[^;'"\n]*;[^\S\n]*\n|delimiter[ \t]+[^;\s]))
            [^\W\d][\w$]*|@@?\w+|[?]\d*|:[A-Za-z_]\w*|\$\d+|%s|%\(\w+\)s)
    | (?P<comment>--[^\n\r]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))
    | (?P<newline>\r\n|\n|\r)
    | (?P<command>(?m:^)[ \t]*\\[A-Za-z!?][^\n\r]*|(?m:^)\.(?:"""
    + _DOT_COMMANDS
    + r""")\b[^\n\r]*
        |(?m:^)[ \t]*(?i:delimiter)[ \t]+(?![;])\S[^\n]*\n(?:[^\n]*\n)*?[ \t]*(?i:delimiter)[ \t]*;
        |\b(?i:stdin)\b[^;'"\n]*;[^\S\n]*\n(?s:.*?)(?:(?m:^)\\\.|\Z))
    | (?P<dollar>\$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$)
    | (?P<escaped>[eE]'(?:[^'\\]|\\.|'')*')
    | (?P<string>(?:[bBnNrRxX]|[uU]&)?'(?:[^'\\]|''|\\'(?=\w)|\\)*')
    | (?P<quoted>"(?:[^"\n]|"")+"|`[^`\n]+`)
    | (?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\b|0[xX][0-9a-fA-F]+)
    | (?P<op>->>|<=>|\#>>|!~\*|\|\|/|::|:=|\|\||->|<>|<=|>=|!=|==|=>|\*\*|<<|>>|&&|\#>|@>|<@|~\*|!~
            |[-+*/%=<>(),.;\[\]{}:~&|^@\#])
    | (?P<badstring>(?:'|"|`)[^\n\r]*)
    | (?P<error>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_KIND: dict[str, TokenKind] = {
    "comment": "comment",
    "command": "comment",
    "newline": "newline",
    "number": "number",
    "op": "op",
    "badstring": "badstring",
    "quoted": "name",
    **dict.fromkeys(("tag", "dollar", "escaped", "string"), "string"),
}


def lexed(text: str, start: int = 0) -> Iterator[Token]:
    """Yield the tokens of a text from an offset on, without white space."""
    for found in _TOKEN.finditer(text, start):
        group, piece = found.lastgroup or "error", found.group()
        if group == "name":
            yield Token("keyword" if piece.lower() in WORDS else "name", piece, found.start(), found.end())
        elif group == "string" and _swallows_code(piece):
            end = text.find("\n", found.start())
            end -= text[end - 1] == "\r"
            yield Token("badstring", text[found.start() : end], found.start(), end)
            yield from lexed(text, end)
            return
        else:
            yield Token(_KIND.get(group, "error"), piece, found.start(), found.end())


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
