"""Append an underscore to a name that is a keyword, as in PEP 8, throughout the region: `class = 3` becomes
`class_ = 3`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_RENAMED_KEYWORDS = frozenset(
    [
        "class",
        "def",
        "lambda",
        "pass",
        "from",
        "import",
        "in",
        "is",
        "global",
        "with",
        "as",
        "and",
        "or",
        "del",
        "for",
        "if",
        "try",
        "while",
        "yield",
        "return",
        "async",
        "await",
        "break",
        "continue",
        "raise",
        "finally",
        "except",
    ]
)
_USUAL_NAMES = {"pass": "password", "class": "cls"}
"""More common replacements than the keyword with an underscore."""


_ENDS = (")", "]", "}", ",", "%", "+", "\n", ":")


@fixer(
    handles="syntax",
    examples=[
        Example("connect(user, pass)\n", "connect(user, password)\n"),
        Example("class = 3\nprint(class)\n", "class_ = 3\nprint(class_)\n"),
        Example("foo(lambda=1)\n", "foo(lambda_=1)\n"),
        Example("def in(x):\n    return x\n", "def in_(x):\n    return x\n"),
        Example("x = obj.from\n", "x = obj.from_\n"),
    ],
)
def rename_keyword(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    words = {
        tokens[index].text
        for index in range(max(0, context.at - 3), min(len(tokens), context.at + 3))
        if tokens[index].text in _RENAMED_KEYWORDS and _is_name(tokens, index)
    }
    for word in sorted(words):
        places = [token for index, token in enumerate(tokens) if token.text == word and _is_name(tokens, index)]
        count = f" ({len(places)} places)" if len(places) > 1 else ""
        for name in (f"{word}_", *filter(None, [_USUAL_NAMES.get(word)])):
            edits = tuple(context.edit(token.start, token.end, name) for token in places)
            yield Candidate(edits, f"Replace `{word}` with `{name}`{count}")


def _is_name(tokens: list[Token], index: int) -> bool:
    """Return whether a keyword is in a position for a name only: an assignment target, definition, attribute or lone
    operand."""
    before = tokens[index - 1].text if index else "\n"
    after = tokens[index + 1].text if index + 1 < len(tokens) else "\n"
    if before in (".", "def", "global", "import") or after in ("=", "+=", "."):
        return True
    if before in ("as", "while", "if", "return"):
        return after in ("\n", ",", ":")
    return before in ("(", "[", ",", "=", "==", "%", "+", ":", "{", "in") and after in _ENDS
