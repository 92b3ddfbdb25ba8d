"""Give the average of nothing a value: `sum(xs) / len(xs)` becomes `sum(xs) / len(xs) if xs else 0`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_RAISED = ("", "ZeroDivisionError", "ZeroDivisionError: division by zero")


@fixer(
    handles=RUN,
    errors=("ZeroDivisionError",),
    examples=[
        Example(
            "def f(xs):\n    $0return sum(xs) / len(xs)\n",
            "def f(xs):\n    return sum(xs) / len(xs) if xs else 0\n",
            _RAISED,
        ),
        Example("$0print(sum(xs) / len(xs))\n", "print((sum(xs) / len(xs) if xs else 0))\n", _RAISED),
    ],
)
def guard_average(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for a division by the length of a variable; any other zero may be a mistake before it."""
    tree = file_tree_of(context)
    plain: list[ast.expr | None] = [node.value for node in tree.here(ast.Return)]
    plain += [node.value for node in tree.here(ast.Assign)]
    for division in tree.here(ast.BinOp):
        length = division.right
        if not isinstance(division.op, (ast.Div, ast.FloorDiv)) or not isinstance(length, ast.Call):
            continue
        if getattr(length.func, "id", "") != "len" or len(length.args) != 1:
            continue
        if isinstance(length.args[0], (ast.Name, ast.Attribute)):
            guard = f" if {tree.source(length.args[0])} else 0"
            before, after = ("", guard) if division in plain else ("(", f"{guard})")
            title = f"Guard it: `{beginning(tree.source(division))}{guard}`"
            yield Candidate(tree.around(division, before, after), title, safety="needs-a-look")
