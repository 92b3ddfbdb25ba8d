"""Divide by `//` where a whole number is needed: `range(n / 2)` becomes `range(n // 2)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(
    r"'float' object cannot be interpreted as an integer|\w+ indices must be integers.* not float"
    r"|slice indices must be integers|can't multiply sequence by non-int of type 'float'"
)
_SLASH = re.compile(r"/")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0for i in range(n / 2):\n    go(i)\n",
            "for i in range(n // 2):\n    go(i)\n",
            ("", "TypeError", "TypeError: 'float' object cannot be interpreted as an integer"),
        ),
        Example(
            "half = len(rows) / 2\n$0print(rows[half])\n",
            "half = len(rows) // 2\nprint(rows[half])\n",
            ("", "TypeError", "TypeError: list indices must be integers or slices, not float"),
        ),
    ],
)
def divide_evenly(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for each division on the reported lines, and for those that a name there is bound to."""
    if not _TOLD.match(context.problem.message):
        return
    tree = file_tree_of(context)
    divisions = [node for node in tree.here(ast.BinOp) if isinstance(node.op, ast.Div)]
    for name in tree.here(ast.Name) if not divisions else ():
        values = values_of(tree, name.id)
        divisions += [value for value in values if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Div)]
    for node in dict.fromkeys(divisions):
        edit = _edit(tree, node)
        if edit is not None:
            shown = f"{tree.source(node.left)} // {tree.source(node.right)}"
            yield Candidate((edit,), f"Divide evenly: `{beginning(shown)}`")


def _edit(tree: FileTree, node: ast.BinOp) -> Edit | None:
    found = _SLASH.search(tree.text, tree.span(node.left).end, tree.span(node.right).start)
    return Edit(Span(*found.span()), "//") if found else None
