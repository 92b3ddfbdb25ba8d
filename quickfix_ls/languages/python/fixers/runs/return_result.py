"""Return the value that a function without `return` computes last, where its result was used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import Function, file_tree_of, functions_in
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles=RUN,
    errors=("TypeError", "AttributeError"),
    examples=[
        Example(
            "def load(rows):\n    table = dict(rows)\n\nfound = load([])\n$0print(found['a'])\n",
            "def load(rows):\n    table = dict(rows)\n    return table\n\nfound = load([])\nprint(found['a'])\n",
            ("", "TypeError", "TypeError: 'NoneType' object is not subscriptable"),
        )
    ],
)
def return_result(context: Context) -> Iterator[Candidate]:
    if "NoneType" not in context.problem.message:
        return
    tree = file_tree_of(context)
    read = {node.id for node in tree.here(ast.Name)}
    calls = tree.here(ast.Call)
    for assignment in tree.near(ast.Assign):
        target = assignment.targets[0]
        if isinstance(target, ast.Name) and target.id in read and isinstance(assignment.value, ast.Call):
            calls.append(assignment.value)
    called = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
    for function in functions_in(tree):
        result = _result(function)
        if function.name in called and result:
            last = function.body[-1]
            end, start = tree.span(last).end, tree.span(last).start
            margin = tree.text[tree.text.rfind("\n", 0, start) + 1 : start]
            edit = Edit(Span(end, end), f"\n{margin}return {result}")
            yield Candidate((edit,), f"Return `{result}` from `{function.name}`", safety="needs-a-look")


def _result(function: Function) -> str:
    """Return the name of the variable that the end of a function changes; empty if it returns or yields anything."""
    if any(isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) for node in ast.walk(function)):
        return ""
    last = function.body[-1]
    if isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        return last.targets[0].id
    if isinstance(last, ast.AugAssign) and isinstance(last.target, ast.Name):
        return last.target.id
    first = function.body[0]
    is_collected = isinstance(last, ast.For) and isinstance(first, ast.Assign)
    if is_collected and isinstance(first, ast.Assign) and isinstance(first.targets[0], ast.Name):
        return first.targets[0].id
    return ""
