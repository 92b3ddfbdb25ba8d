"""Wrap a number that was iterated over in `range()`: `for i in n` becomes `for i in range(n)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.languages.python.fixers.value_types import type_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_DISPLAYS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_RAISED = ("", "TypeError", "TypeError: 'int' object is not iterable")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("n = 3\n$0for i in n:\n    print(i)\n", "n = 3\nfor i in range(n):\n    print(i)\n", _RAISED),
        Example("$0print([i for i in len(rows)])\n", "print([i for i in range(len(rows))])\n", _RAISED),
    ],
)
def count_through(context: Context) -> Iterator[Candidate]:
    if "NoneType" in context.problem.message or not context.problem.message.endswith("object is not iterable"):
        return
    tree = file_tree_of(context)
    loops = [node.iter for node in tree.here(ast.For)]
    displays = [node for node in tree.here(ast.expr) if isinstance(node, _DISPLAYS)]
    inner = [part.iter for node in displays for part in node.generators]
    for value in (*loops, *inner):
        if type_of(tree, value) in ("int", ""):
            new = f"range({tree.source(value)})"
            yield Candidate(tree.around(value, "range(", ")"), f"Count through it: `{beginning(new)}`")
