"""Replace `=` with `==` or `:`, or the reverse, where only the other is valid: `if x = 1:` becomes `if x == 1:`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.conditions import condition_assignments
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_OF_ORDER = ("argument follows", "unpacking follows", "parameter without a default", "cannot follow var-keyword")
"""Parts of messages about the order of arguments, which no other sign can change."""

_CONDITIONS = frozenset({"if", "elif", "while", "assert", "return", "not", "and", "or", "in", "is", "lambda", "yield"})
_SWAPS = {"=": ("==", ":", "=>"), "==": ("=",), ":": ("=",), "=>": (">=",), "=<": ("<=",), ":=": ("=", "==")}


@fixer(
    handles="syntax",
    examples=[
        Example("if x = 1:\n    go()\n", "if x == 1:\n    go()\n"),
        Example("while a and b = c:\n    go()\n", "while a and b == c:\n    go()\n"),
        Example("d = {'a' = 1}\n", "d = {'a': 1}\n"),
        Example("foo(a: 1)\n", "foo(a=1)\n"),
        Example("if x =< 3:\n    go()\n", "if x <= 3:\n    go()\n"),
    ],
    leaves=["f(a=1, b)\n", "def f(a=1, b):\n    return a\n"],
)
def compare_or_assign(context: Context) -> Iterator[Candidate]:
    if not context.lines or any(part in context.problem.message for part in _OF_ORDER):
        return
    line = context.lines[context.line]
    tokens = context.tokens
    bound = {found.sign for found in condition_assignments(context) if found.is_new}
    for index in range(line.first, min(len(tokens), max(line.last, context.at + 12))):
        token = tokens[index]
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text == "=" and after is not None and after.text in ("<", ">", "!") and after.start == token.end:
            operator = after.text + "="
            yield Candidate(
                (context.edit(token.start, after.end, operator),),
                f"Replace `={after.text}` with `{operator}`",
            )
        is_statement = token.text == "=" and _is_assignment(context, line, index)
        for other in _SWAPS.get(token.text, ()) if token.kind == "op" else ():
            if other == "==" and (is_statement or index in bound):
                continue  # where nothing has the name yet, `bind_in_condition` writes `:=`
            yield Candidate(
                (context.edit(*_extent(context, index, other), _spaced(context, index, other)),),
                f"Replace `{token.text}` with `{other}`",
            )


def _is_assignment(context: Context, line: Line, index: int) -> bool:
    """Return whether a `=` is that of an assignment statement: a comparison in its place would do nothing."""
    brackets = context.brackets
    if any(opener < index < closer for opener, closer in brackets.partner.items()):
        return False
    before = range(line.first, index)
    return not any(place in brackets.unclosed or context.tokens[place].text in _CONDITIONS for place in before)


def _extent(context: Context, index: int, other: str) -> tuple[int, int]:
    """Return the operator's start and end, including surrounding spaces if `:` or a keyword argument's `=` replaces
    or is replaced."""
    token, before = context.tokens[index], context.tokens[index - 1] if index else None
    if before is None or (other != ":" and token.text != ":"):
        return token.start, token.end
    after = context.tokens[index + 1].start if index + 1 < len(context.tokens) and token.text == ":" else token.end
    gap = context.region.text[before.end : token.start] + context.region.text[token.end : after]
    return (before.end, after) if not gap.strip(" ") else (token.start, token.end)


def _spaced(context: Context, index: int, other: str) -> str:
    after = context.region.text[context.tokens[index].end : context.tokens[index].end + 1]
    return other + " " if other == ":" and after not in (" ", "\n", "") else other
