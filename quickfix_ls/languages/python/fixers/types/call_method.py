"""Call a method whose result is used: `text.strip.upper()` becomes `text.strip().upper()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.values import Candidate


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example(
            "text = ' a'\nprint($0text.strip.upper())\n",
            "text = ' a'\nprint(text.strip().upper())\n",
            ("pylint", "E1101", "Method 'strip' has no 'upper' member"),
        ),
    ],
)
def call_method(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Call it: `text.strip()`"."""
    tree = tree_of(context)
    for node in tree.near(ast.Attribute):
        if node.attr == context.problem.name and isinstance(node.value, ast.Attribute | ast.Name):
            yield Candidate(tree.around(node.value, "", "()"), f"Call it: `{tree.text(node.value)}()`")
