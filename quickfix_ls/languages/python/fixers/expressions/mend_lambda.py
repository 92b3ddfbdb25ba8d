"""Fix the syntax of an anonymous function: `x -> y`, `x => y`, `lambda x -> y` and `lambda x: return y` become
`lambda x: y`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_MISSPELT = frozenset({"lamda", "lamba", "lambada", "lamdba", "lambd", "Lambda", "LAMBDA"})


@fixer(
    handles="syntax",
    examples=[
        Example("f = lambda x -> x + 1\n", "f = lambda x: x + 1\n"),
        Example("f = x => x + 1\n", "f = lambda x: x + 1\n"),
        Example("f = (x, y) -> x + y\n", "f = lambda x, y: x + y\n"),
        Example("f = lambda x: return x\n", "f = lambda x: x\n"),
        Example("f = lamda x: x\n", "f = lambda x: x\n"),
    ],
    leaves=["def f(x) -> int\n    return x\n"],
)
def mend_lambda(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(1, context.at - 12), min(len(tokens) - 1, context.at_end + 6)):
        token = tokens[index]
        if not is_near(context, token.start):
            continue
        if token.text == "->" or (token.text == "=" and tokens[index + 1].text == ">"):
            end = token.end if token.text == "->" else tokens[index + 1].end
            if not _is_access(context, index):
                yield from _arrow(context, index, end)
        elif token.text == "return" and tokens[index - 1].text == ":":
            yield Candidate(
                (context.edit(token.start, tokens[index + 1].start, ""),), "Remove `return` from the `lambda`"
            )
        elif token.kind == "name" and token.text in _MISSPELT:
            yield Candidate((context.edit(token.start, token.end, "lambda"),), f"Replace `{token.text}` with `lambda`")


def _arrow(context: Context, index: int, end: int) -> Iterator[Candidate]:
    """Rewrite the parameters before an arrow (`x`, `(x, y)` or `lambda x`) and replace the arrow with `:`."""
    tokens = context.tokens
    before = tokens[index - 1]
    behind = context.region.text[end : end + 1]
    spaced = context.edit(before.end, end, ":" if behind in (" ", "\n", "") else ": ")
    if any(token.text == "lambda" for token in _same_line(tokens, index)):
        yield Candidate((spaced,), "Replace the arrow with `:`")
        return
    opener = context.brackets.partner.get(index - 1)
    if before.kind == "name":
        edits = (context.edit(before.start, before.start, "lambda "), spaced)
    elif before.text == ")" and opener is not None and not _is_definition(tokens, opener):
        edits = (
            context.edit(tokens[opener].start, tokens[opener].end, "lambda " if index - opener > 2 else "lambda"),
            context.edit(before.start, end, spaced.text),
        )
    else:
        return
    yield Candidate(edits, "Write the function with `lambda`")


def _is_access(context: Context, index: int) -> bool:
    """Return whether an arrow without spaces is that of C++ or PHP: `item->size()`."""
    tokens = context.tokens
    before, after = tokens[index - 1], tokens[index + 1]
    is_tight = before.end == tokens[index].start and tokens[index].end == after.start
    return tokens[index].text == "->" and is_tight and before.kind == after.kind == "name" and before.text != after.text


def _same_line(tokens: list[Token], index: int) -> Iterator[Token]:
    while index > 0 and tokens[index - 1].kind != "newline":
        index -= 1
        yield tokens[index]


def _is_definition(tokens: list[Token], opener: int) -> bool:
    return opener > 1 and tokens[opener - 2].text == "def"
