"""Put the values of a `%` format into parentheses: `"%s %s" % a, b` becomes `"%s %s" % (a, b)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_PLACEHOLDER = re.compile(r"%%|%[-+ #0]*(?:\d+)?(?:\.\d+)?[a-zA-Z]")
_RAISED = ("", "TypeError", "TypeError: not enough arguments for format string")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("$0print('%s has %d' % name, n)\n", "print('%s has %d' % (name, n))\n", _RAISED),
        Example("$0text = '%s-%s' % a, b\n", "text = '%s-%s' % (a, b)\n", _RAISED),
    ],
)
def fill_format(context: Context) -> Iterator[Candidate]:
    if not context.problem.message.startswith("not enough arguments"):
        return
    tree = file_tree_of(context)
    rows = [*(node.args for node in tree.here(ast.Call)), *(node.elts for node in tree.here(ast.Tuple))]
    for items in rows:
        for index, item in enumerate(items):
            count = _placeholders(item)
            if count < 2 or index + count > len(items) or not isinstance(item, ast.BinOp):
                continue
            start, end = tree.span(item.right).start, tree.span(items[index + count - 1]).end
            edits = (Edit(Span(start, start), "("), Edit(Span(end, end), ")"))
            shown = beginning(tree.text[start:end])
            yield Candidate(edits, f"Put the values into parentheses: `({shown})`")


def _placeholders(node: ast.expr) -> int:
    """Return the number of values that a format takes, if it is given a single one, else 0."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mod) or isinstance(node.right, ast.Tuple):
        return 0
    if not isinstance(node.left, ast.Constant) or not isinstance(node.left.value, str):
        return 0
    return sum(found != "%%" for found in _PLACEHOLDER.findall(node.left.value))
