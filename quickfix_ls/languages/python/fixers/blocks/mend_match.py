"""Fix the cases of a `match`: `default:` and `else:` become `case _:`, `or` between patterns becomes `|`, and a missing
`case` is added."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import indentation_of
from quickfix_ls.lexing.layout import Line
from quickfix_ls.values import Candidate

_MAX_LINES = 40


@fixer(
    handles="syntax",
    examples=[
        Example(
            "match x:\n    case 1:\n        a()\n    default:\n        b()\n",
            "match x:\n    case 1:\n        a()\n    case _:\n        b()\n",
        ),
        Example(
            "match x:\n    case 1:\n        a()\n    else:\n        b()\n",
            "match x:\n    case 1:\n        a()\n    case _:\n        b()\n",
        ),
        Example("match x:\n    case 1 or 2:\n        a()\n", "match x:\n    case 1 | 2:\n        a()\n"),
        Example("match x:\n    case else:\n        a()\n", "match x:\n    case _:\n        a()\n"),
        Example("match x:\n    1:\n        a()\n", "match x:\n    case 1:\n        a()\n"),
        Example("switch x:\n    case 1:\n        a()\n", "match x:\n    case 1:\n        a()\n"),
    ],
)
def mend_match(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(context.line, max(-1, context.line - 2), -1):
        if index >= len(context.lines):
            return
        line = context.lines[index]
        head, second = tokens[line.first], tokens[min(line.first + 1, line.last - 1)]
        if head.text == "switch" and tokens[line.last - 1].text == ":":
            yield Candidate((context.edit(head.start, head.end, "match"),), "Replace `switch` with `match`")
        elif head.text in ("default", "else") and second.text == ":" and _in_match(context, index):
            yield Candidate((context.edit(head.start, head.end, "case _"),), f"Replace `{head.text}` with `case _`")
        elif head.text == "case":
            yield from _pattern(context, line)
        elif tokens[line.last - 1].text == ":" and _in_match(context, index) and head.kind != "keyword":
            yield Candidate((context.edit(head.start, head.start, "case "),), "Add `case`")


def _pattern(context: Context, line: Line) -> Iterator[Candidate]:
    tokens = context.tokens
    second = tokens[min(line.first + 1, line.last - 1)]
    if second.text in ("else", "default", "other"):
        yield Candidate((context.edit(second.start, second.end, "_"),), f"Replace `{second.text}` with `_`")
    words = [token for token in tokens[line.first : line.last] if token.text in ("or", "||")]
    if words:
        edits = tuple(context.edit(token.start, token.end, "|") for token in words)
        yield Candidate(edits, "Replace `or` with `|` in the pattern")


def _in_match(context: Context, index: int) -> bool:
    """Return whether the line is directly in the block of a `match` or at the level of its cases."""
    indent = len(indentation_of(context, context.lines[index]))
    for above in reversed(context.lines[max(0, index - _MAX_LINES) : index]):
        if above.indent == indent and context.tokens[above.first].text == "case":
            return True
        if above.indent < indent:
            return context.tokens[above.first].text == "match"
    return False
