"""Add the missing colon after a block header, or put it in place of a wrong character: `while True;` becomes
`while True:`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.statement_lines import BLOCK_KEYWORDS, SOFT_BLOCK_KEYWORDS
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_MISTAKEN = frozenset({";", ",", ".", "=", "-", "{", "::", "->"})
_WITHOUT_OPERAND = frozenset({"else", "try", "finally", "except"})


@fixer(
    handles="syntax",
    examples=[
        Example("if x == 1\n    print(x)\n", "if x == 1:\n    print(x)\n"),
        Example("def total(items)  # all\n    return 1\n", "def total(items):  # all\n    return 1\n"),
        Example("if x == 1 {\n    go()\n", "if x == 1:\n    go()\n"),
        Example("while True;\n    go()\n", "while True:\n    go()\n"),
        Example("if x: pass\nelse print(x)\n", "if x: pass\nelse: print(x)\n"),
        Example("for x in range(\n    3)\n    print(x)\n", "for x in range(\n    3):\n    print(x)\n"),
    ],
    leaves=["if x == 1:\n    print(x\n"],
)
def add_colon(context: Context) -> Iterator[Candidate]:
    for index in range(context.line, max(-1, context.line - 6), -1):
        line = context.lines[index] if context.lines else None
        if line and _opens_block(context, line):
            yield from _propose(context, line, index)
            return


def _opens_block(context: Context, line: Line) -> bool:
    head = context.tokens[line.first].text
    return head in BLOCK_KEYWORDS or head in SOFT_BLOCK_KEYWORDS


def _propose(context: Context, line: Line, index: int) -> Iterator[Candidate]:
    tokens = context.tokens
    head = tokens[line.first].text
    for end in _ends(context, index):
        last = tokens[end - 1]
        if last.text == ":":
            # The header is complete; what follows it is its block.
            return
        if end - 1 == line.first and head not in _WITHOUT_OPERAND:
            continue
        if last.text in _MISTAKEN:
            yield Candidate(
                (context.edit(tokens[end - 2].end, last.end, ":"),),
                f"Replace `{last.text}` with `:` after `{ending(context.text_of(line.first, end - 1))}`",
            )
            continue
        yield Candidate((context.edit(last.end, last.end, ":"),), f"Add `:` after `{_tail(context, line, end)}`")
    if head in _WITHOUT_OPERAND and line.last - line.first > 1 and tokens[line.first + 1].text != ":":
        first = tokens[line.first]
        yield Candidate((context.edit(first.end, first.end, ":"),), f"Add `:` after `{head}`")


def _ends(context: Context, index: int) -> Iterator[int]:
    """Yield the token indices at which the header on line `index` may end: each line end up to the problem."""
    for line in context.lines[index : max(context.line, index) + 1]:
        yield line.last


def _tail(context: Context, line: Line, end: int) -> str:
    text = context.text_of(line.first, end)
    return text if len(text) <= 40 and "\n" not in text else "…" + text.splitlines()[-1].strip()[-30:]
