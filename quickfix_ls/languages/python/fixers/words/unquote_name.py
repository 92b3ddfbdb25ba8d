"""Remove the quotes around a name where only a name may stand: `def "area"(a, b):` becomes `def area(a, b):`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import begins_statement_at
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_BEFORE_NAME = frozenset({"def", "class", "import", "global", "nonlocal", "as", "for", "lambda", ".", "@", "del"})
_ASSIGNMENTS = frozenset({"=", "+=", "-=", "*=", "/=", ":="})


@fixer(
    handles="syntax",
    examples=[
        Example('def "area"(a, b):\n    return a * b\n', "def area(a, b):\n    return a * b\n"),
        Example("class 'Dog':\n    pass\n", "class Dog:\n    pass\n"),
        Example('def area("a", "b"=2):\n    return a * b\n', "def area(a, b=2):\n    return a * b\n"),
        Example('for "i" in rows:\n    go(i)\n', "for i in rows:\n    go(i)\n"),
        Example('go("size"=1, "name"=x)\n', "go(size=1, name=x)\n"),
        Example('"x" = 5\n', "x = 5\n"),
        Example('"x", "y" = 1, 2\n', "x, y = 1, 2\n"),
        Example('import numpy as "np"\n', "import numpy as np\n"),
        Example('row."name" = 3\n', "row.name = 3\n"),
    ],
    leaves=['print("a" "b" c)\n', 'd = {"a" = 1}\n', 'if "a" = x:\n    go()\n'],
)
def unquote_name(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    first = context.lines[max(0, context.line - 1)].first if context.lines else 0
    last = context.lines[min(len(context.lines) - 1, context.line + 1)].last if context.lines else 0
    found = [index for index in range(first, last) if _is_quoted_name(tokens[index]) and _wants_name(context, index)]
    if found:
        edits = []
        for index in found:
            token = tokens[index]
            edits += [context.edit(token.start, token.start + 1, ""), context.edit(token.end - 1, token.end, "")]
        names = ", ".join(f"`{tokens[index].text}`" for index in found[:3])
        yield Candidate(tuple(edits), f"Remove the quotes around {names}{' and others' if len(found) > 3 else ''}")


def _is_quoted_name(token: Token) -> bool:
    name = token.text[1:-1]
    return token.kind == "string" and token.text[0] in "\"'" and name.isidentifier() and name not in KEYWORDS


def _wants_name(context: Context, index: int) -> bool:
    """Return whether a string is where Python takes a name only."""
    tokens = context.tokens
    before = tokens[index - 1].text if index else "\n"
    after = tokens[index + 1].text if index + 1 < len(tokens) else "\n"
    if before in _BEFORE_NAME:
        return before != "del" or after != "["
    opener = _opener(context, index)
    if opener is None:
        return (after in _ASSIGNMENTS and _is_target(tokens, index)) or (after == "," and _is_target(tokens, index))
    if tokens[opener].text != "(" or before not in ("(", ",", "*", "**"):
        return False
    if opener >= 2 and tokens[opener - 2].text == "def":
        return True
    is_call = opener > 0 and (tokens[opener - 1].kind == "name" or tokens[opener - 1].text in (")", "]"))
    return is_call and after == "="


def _opener(context: Context, index: int) -> int | None:
    """Return the index of the bracket that is open at a token of its line; None if there is none."""
    depth = 0
    for at in range(index - 1, -1, -1):
        text, kind = context.tokens[at].text, context.tokens[at].kind
        if kind == "newline" and not depth and context.tokens[at - 1].text not in (",", "(", "[", "{"):
            return None
        if kind == "op" and text in context.lexis.closers:
            depth += 1
        elif kind == "op" and text in context.lexis.openers:
            if not depth:
                return at
            depth -= 1
    return None


def _is_target(tokens: list[Token], index: int) -> bool:
    """Return whether a string is one of the targets of an assignment, all names or strings."""
    start = index
    while start and tokens[start - 1].text == "," and (tokens[start - 2].kind in ("string", "name")):
        start -= 2
    end = index + 1
    while end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].kind in ("string", "name"):
        end += 2
    return begins_statement_at(tokens, start) and end < len(tokens) and tokens[end].text in _ASSIGNMENTS
