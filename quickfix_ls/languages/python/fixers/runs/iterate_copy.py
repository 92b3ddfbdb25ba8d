"""Go through a copy of a dictionary or a set that the loop changes: `for k in d:` becomes `for k in list(d):`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate


@fixer(
    handles=RUN,
    errors=("RuntimeError",),
    examples=[
        Example(
            "$0for k in d:\n    del d[k]\n",
            "for k in list(d):\n    del d[k]\n",
            ("", "RuntimeError", "RuntimeError: dictionary changed size during iteration"),
        )
    ],
)
def iterate_copy(context: Context) -> Iterator[Candidate]:
    if "during iteration" not in context.problem.message:
        return
    tree = file_tree_of(context)
    line = tree.text.count("\n", 0, context.problem.span.start) + 1
    for loop in tree.here(ast.For):
        if loop.lineno == line and isinstance(loop.iter, (ast.Name, ast.Attribute, ast.Call)):
            new = f"list({tree.source(loop.iter)})"
            yield Candidate(tree.around(loop.iter, "list(", ")"), f"Go through a copy: `{new}`")
            return
