"""Give a variable its first value before the loop that adds to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, Function, file_tree_of, functions_in
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="type",
    errors=("UnboundLocalError",),
    examples=[
        Example(
            "def f(xs):\n    for x in xs:\n        $0total += x\n    return total\n",
            "def f(xs):\n    total = 0\n    for x in xs:\n        total += x\n    return total\n",
            ("ruff", "F823", "Local variable `total` referenced before assignment"),
        )
    ],
)
def begin_total(context: Context) -> Iterator[Candidate]:
    name, tree = context.problem.name, file_tree_of(context)
    for function in functions_in(tree):
        span = tree.span(function)
        if not name or not span.start <= context.problem.span.start < span.end or _is_bound(function, tree, name):
            continue
        for statement in function.body:
            added = [node for node in ast.walk(statement) if _adds_to(node, name)]
            if isinstance(statement, (ast.For, ast.While)) and added:
                start = tree.span(statement).start
                margin = tree.text[tree.text.rfind("\n", 0, start) + 1 : start]
                new = f"{name} = {_first(added[0])}"
                yield Candidate(
                    (Edit(Span(start, start), f"{new}\n{margin}"),), f"Begin with `{new}`", "", "needs-a-look"
                )
                return


def _adds_to(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.AugAssign) and getattr(node.target, "id", "") == name


def _is_bound(function: Function, tree: FileTree, name: str) -> bool:
    """Return whether the function, or the module, gives the variable a value in another way."""
    stored = [
        node
        for node in [*ast.walk(function), *(node for one in tree.root.body for node in _assigned(one))]
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
    ]
    added = [node for node in ast.walk(function) if _adds_to(node, name)]
    return len(stored) > len(added)


def _assigned(statement: ast.stmt) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else []


def _first(node: ast.AST) -> str:
    """Return the value to begin with: that which adding to changes nothing."""
    if not isinstance(node, ast.AugAssign):
        return "0"
    value = node.value
    if isinstance(value, ast.JoinedStr) or (isinstance(value, ast.Constant) and isinstance(value.value, str)):
        return '""'
    if isinstance(value, (ast.List, ast.ListComp)):
        return "[]"
    return "1" if isinstance(node.op, ast.Mult) else "0"
