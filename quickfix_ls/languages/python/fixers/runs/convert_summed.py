"""Make numbers of the strings that `sum` gets: `sum(row["n"] for row in rows)` becomes
`sum(float(row["n"]) for row in rows)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_RAISED = ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'int' and 'str'")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("$0print(sum(row[1] for row in rows))\n", "print(sum(float(row[1]) for row in rows))\n", _RAISED),
        Example("$0total = sum(parts)\n", "total = sum(map(float, parts))\n", _RAISED),
    ],
)
def convert_summed(context: Context) -> Iterator[Candidate]:
    if context.problem.message != "unsupported operand type(s) for +: 'int' and 'str'":
        return
    tree = file_tree_of(context)
    for call in tree.here(ast.Call):
        if getattr(call.func, "id", "") != "sum" or not call.args:
            continue
        items = call.args[0]
        if isinstance(items, (ast.GeneratorExp, ast.ListComp)):
            new = f"float({tree.source(items.elt)})"
            yield Candidate(tree.around(items.elt, "float(", ")"), f"Make numbers of them: `{beginning(new)}`")
        else:
            new = f"map(float, {tree.source(items)})"
            yield Candidate(tree.around(items, "map(float, ", ")"), f"Make numbers of them: `{beginning(new)}`")
