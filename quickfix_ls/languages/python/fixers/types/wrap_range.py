"""Wrap a number that is iterated over in `range()`: `for i in 10` becomes `for i in range(10)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.values import Candidate

_NO_ITERABLE = ("mypy", "attr-defined", '"int" has no attribute "__iter__"; maybe "__int__"? (not iterable)')


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example("for i in $010:\n    print(i)\n", "for i in range(10):\n    print(i)\n", _NO_ITERABLE),
        Example("print([i for i in $0len('a')])\n", "print([i for i in range(len('a'))])\n", _NO_ITERABLE),
    ],
)
def wrap_range(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Count through it: `range(len(xs))`"."""
    tree = tree_of(context)
    loops = [node for node in ast.walk(tree.root) if isinstance(node, (ast.For, ast.comprehension))]
    for value in (loop.iter for loop in loops):
        if tree.span(value).start == context.offset:
            yield Candidate(tree.around(value, "range(", ")"), f"Count through it: `range({tree.text(value)})`")
