"""Add missing call parentheses: `exit code` becomes `exit(code)`."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import begins_statement_at, expression_end, find_top
from quickfix_ls.values import Candidate

_BUILTINS = frozenset(name for name in dir(builtins) if name.islower())
_STATEMENTS = frozenset({"print", "exec"})
"""Python 2 statements, which the fixer `call_print` handles."""

_STOPS = (":", "in", "if", "else", "for", "and", "or", "==", "!=", "<", ">", "<=", ">=")


@fixer(
    handles="syntax",
    examples=[
        Example("rows.append row[:12]\n", "rows.append(row[:12])\n"),
        Example('exit "done"\n', 'exit("done")\n'),
        Example("while len code != 10:\n    go()\n", "while len(code) != 10:\n    go()\n"),
        Example("rows = [[] for _ in range size]\n", "rows = [[] for _ in range(size)]\n"),
        Example("for i in range 10:\n    go(i)\n", "for i in range(10):\n    go(i)\n"),
    ],
)
def call_name(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(max(0, context.at - 4), min(len(tokens) - 1, context.at_end + 1)):
        name, operand = tokens[index], tokens[index + 1]
        if (
            name.kind != "name"
            or name.text in _STATEMENTS
            or not _is_operand(operand.kind, operand.text)
            or name.end == operand.start
        ):
            continue
        member = index > 0 and tokens[index - 1].text == "."
        if not member and name.text not in _BUILTINS and not begins_statement_at(tokens, index):
            continue
        for last in _ends(context, index + 1):
            shown = beginning(context.text_of(index + 1, last))
            edits = (
                context.edit(name.end, operand.start, "("),
                context.edit(tokens[last - 1].end, tokens[last - 1].end, ")"),
            )
            yield Candidate(edits, f"Call `{name.text}`: `{name.text}({shown})`")


def _is_operand(kind: str, text: str) -> bool:
    return kind in ("name", "number", "string") or text in ("{", "lambda", "not", "None", "True", "False")


def _ends(context: Context, first: int) -> Iterator[int]:
    """Yield the indices after the last token of the arguments: before a comparison or other low-precedence token, then
    at the end of the statement."""
    tokens, end = context.tokens, expression_end(context, first, (";",))
    stop = find_top(tokens, first, end, _STOPS)
    if stop is not None and stop > first:
        yield stop
    if end > first and tokens[end - 1].text != ":":
        yield end
