"""Transpose the right operand of a matrix product whose shapes fit only then."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.runs.facts import Facts, Known
from quickfix_ls.values import Candidate

_ARRAY = "numpy.ndarray"


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example(
            "$0print(inputs @ weights)\n",
            "print(inputs @ weights.T)\n",
            ("", "ValueError", "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0"),
            Facts(known=(Known("inputs", _ARRAY, -1, (4, 2)), Known("weights", _ARRAY, -1, (3, 2)))),
        )
    ],
)
def transpose_operand(context: Context) -> Iterator[Candidate]:
    tree = file_tree_of(context)
    shapes = {known.name: known.shape for known in context.problem.facts.known if len(known.shape) == 2}
    products = [(node.left, node.right) for node in tree.here(ast.BinOp) if isinstance(node.op, ast.MatMult)]
    for call in tree.here(ast.Call):
        if getattr(call.func, "attr", "") in ("dot", "matmul") and len(call.args) == 2:
            products.append((call.args[0], call.args[1]))
    for left, right in products:
        first, second = shapes.get(tree.source(left)), shapes.get(tree.source(right))
        if first and second and first[1] != second[0] and first[1] == second[1]:
            title = f"Transpose it: `{tree.source(right)}.T`"
            yield Candidate(tree.around(right, "", ".T"), title, safety="needs-a-look")
