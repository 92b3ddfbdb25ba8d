"""Replace a backslash in the place of an operator by a slash, or put one that belongs to a text into a string: `a \\ b`
becomes `a / b`, and `print("a" \\n)` becomes `print("a\\n")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.languages.python.quote_readings import lines_at
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_ESCAPE = re.compile(r"\\(?:[ntr]|\\)+(?:\\[ntr])*(?!\w)")
_ESCAPED_QUOTE = re.compile(r"\\([\"'])")


@fixer(
    handles="syntax",
    examples=[
        Example("x = a \\ b\n", "x = a / b\n"),
        Example("x = a \\ b\n", "x = a // b\n"),
        Example("x \\= 2\n", "x /= 2\n"),
        Example("x = a \\\\ b\n", "x = a // b\n"),
        Example('print("a" \\n)\n', 'print("a\\n")\n'),
        Example('print(\\"hello\\", d[\\"a\\"])\n', 'print("hello", d["a"])\n'),
    ],
    leaves=["x = 1 \\\n", "import os\\path\n"],
)
def replace_backslash(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 3), min(len(tokens), context.at_end + 4)):
        token = tokens[index]
        if token.kind == "error" and token.text == "\\" and 0 < index < len(tokens) - 1:
            yield from _divided(context, index)
            yield from _appended(context, index)
    yield from _unescaped(context)


def _divided(context: Context, index: int) -> Iterator[Candidate]:
    """Yield candidates for a backslash, or two, between two operands."""
    tokens = context.tokens
    token, before = tokens[index], tokens[index - 1]
    after = tokens[index + 1]
    is_double = after.text == "\\" and after.start == token.end
    last = index + is_double
    if before.text == "\\" or last + 1 >= len(tokens):
        return
    following = tokens[last + 1]
    is_assignment = following.text == "=" and following.start == tokens[last].end
    if not _ends_operand(before) or not (_begins_operand(following) or is_assignment):
        return
    if following.text in ("n", "t", "r") and tokens[last].end == following.start:
        return  # an escape
    if before.end == token.start and tokens[last].end == following.start and following.kind == "name":
        return  # a path rather
    for sign in ("//",) if is_double else ("/", "//"):
        old = "\\\\" if is_double else "\\"
        yield Candidate((context.edit(token.start, tokens[last].end, sign),), f"Replace `{old}` with `{sign}`")


def _appended(context: Context, index: int) -> Iterator[Candidate]:
    """Yield a candidate for an escape behind a string: put it into the string."""
    before, token = context.tokens[index - 1], context.tokens[index]
    escape = _ESCAPE.match(context.region.text, token.start)
    if escape is None or before.kind != "string":
        return
    quotes = 3 if before.text.endswith(('"""', "'''")) else 1
    at = before.end - quotes
    edits = (context.edit(at, at, escape.group()), context.edit(before.end, escape.end(), ""))
    yield Candidate(edits, f"Put `{escape.group()}` into the string")


def _unescaped(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for quotes with backslashes outside of strings, as in text from a JSON file."""
    text = context.region.text
    strings = [(token.start, token.end) for token in context.tokens if token.kind == "string"]
    for start, end in lines_at(text, span_of(context)):
        found = [
            match
            for match in _ESCAPED_QUOTE.finditer(text, start, end)
            if not any(first < match.start() < last for first, last in strings)
        ]
        if len(found) > 1 and len(found) % 2 == 0:
            edits = tuple(context.edit(match.start(), match.start() + 1, "") for match in found)
            yield Candidate(edits, f"Remove the backslashes before `{found[0][1]}` ({len(found)} places)")


def _ends_operand(token: Token) -> bool:
    is_name = token.kind in ("name", "number", "string") and token.text not in KEYWORDS
    return is_name or token.text in (")", "]", "}")


def _begins_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in ("(", "[", "-", "+")
