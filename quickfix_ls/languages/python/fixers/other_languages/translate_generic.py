"""Replace angle brackets around type parameters with square brackets: `List<int>` becomes `List[int]`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import is_near
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit


@fixer(
    handles="syntax",
    examples=[
        Example(
            "def f(xs: List<int>, n: int) -> int:\n    return 1\n",
            "def f(xs: List[int], n: int) -> int:\n    return 1\n",
        ),
        Example("def f() -> Dict<str, int>:\n    return {}\n", "def f() -> Dict[str, int]:\n    return {}\n"),
        Example("x: List<List<int>> = []\n", "x: List[List[int]] = []\n"),
    ],
    leaves=["x = List[int\n"],
)
def translate_generic(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(1, len(tokens)):
        if tokens[index].text != "<" or tokens[index - 1].kind != "name" or not is_near(context, tokens[index].start):
            continue
        edits = _brackets(context, tokens, index)
        if edits:
            yield Candidate(edits, f"Write `{tokens[index - 1].text}<…>` as `{tokens[index - 1].text}[…]`")


def _brackets(context: Context, tokens: Sequence[Token], opening: int) -> tuple[Edit, ...]:
    """Return the edits from `<` to its matching `>`; empty if anything but types is in between."""
    edits: list[Edit] = []
    depth = 0
    for token in tokens[opening:]:
        if token.text == "<":
            depth += 1
            edits.append(context.edit(token.start, token.end, "["))
        elif token.text in (">", ">>"):
            depth -= len(token.text)
            edits.append(context.edit(token.start, token.end, "]" * len(token.text)))
            if depth <= 0:
                return tuple(edits) if not depth else ()
        elif token.kind != "name" and token.text not in (",", ".", "|", "None"):
            return ()
    return ()
