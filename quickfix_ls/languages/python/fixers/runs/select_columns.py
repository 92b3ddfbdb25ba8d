"""Select several columns by a list: `df["a", "b"]` becomes `df[["a", "b"]]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_RAISED = ("", "KeyError", "KeyError: ('a', 'b')")


@fixer(
    handles=RUN,
    errors=("KeyError",),
    examples=[Example("$0print(df['a', 'b'].mean())\n", "print(df[['a', 'b']].mean())\n", _RAISED)],
)
def select_columns(context: Context) -> Iterator[Candidate]:
    tree = file_tree_of(context)
    for node in tree.here(ast.Subscript):
        columns = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
        names = [column.value for column in columns if isinstance(column, ast.Constant)]
        if len(names) == len(columns) > 1 and repr(tuple(names)) == context.problem.message:
            shown = beginning(tree.source(node.slice))
            yield Candidate(tree.around(node.slice, "[", "]"), f"Select the columns by a list: `[{shown}]`")
