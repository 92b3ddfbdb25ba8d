"""Declare a name `global` or `nonlocal` in a function that assigns to it and reads its outer value."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import Tree, tree_of
from quickfix_ls.values import Candidate

Function = ast.FunctionDef | ast.AsyncFunctionDef


@fixer(
    handles="type",
    errors=("UnboundLocalError",),
    examples=[
        Example(
            "count = 0\n\n\ndef bump():\n    $0count += 1\n",
            "count = 0\n\n\ndef bump():\n    global count\n    count += 1\n",
            ("ruff", "F823", "Local variable `count` referenced before assignment"),
        ),
        Example(
            "def counter():\n    count = 0\n\n    def bump():\n        $0count += 1\n        return count\n\n"
            "    return bump\n",
            "def counter():\n    count = 0\n\n    def bump():\n        nonlocal count\n        count += 1\n"
            "        return count\n\n    return bump\n",
            ("ruff", "F823", "Local variable `count` referenced before assignment"),
        ),
    ],
)
def declare_global(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Declare `global count`"."""
    name, tree = context.problem.name, tree_of(context)
    functions = _functions_around(tree, context) if name else []
    if not functions:
        return
    inner, *outer = functions
    word = "global"
    if any(_binds(function, name) for function in outer):
        word = "nonlocal"
    elif not re.search(rf"^{name}\s*(?::[^=\n]+)?=(?!=)", context.snapshot.text, re.MULTILINE):
        return
    first = inner.body[_has_docstring(inner) :]
    if first and first[0].lineno > inner.lineno:
        start = tree.span(first[0]).start
        margin = context.region.text[context.region.text.rfind("\n", 0, start) + 1 : start]
        yield Candidate((context.edit(start, start, f"{word} {name}\n{margin}"),), f"Declare `{word} {name}`")


def _functions_around(tree: Tree, context: Context) -> list[Function]:
    """Return the functions that contain the problem, the innermost first."""
    found: list[Function] = [*tree.all(ast.FunctionDef), *tree.all(ast.AsyncFunctionDef)]
    spans = {function: tree.span(function) for function in found}
    around = [function for function in found if spans[function].start <= context.offset < spans[function].end]
    return sorted(around, key=lambda function: -spans[function].start)


def _binds(function: Function, name: str) -> bool:
    """Return whether a function's top-level statements assign to a name, or whether it is a parameter."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    targets = [
        target for statement in function.body if isinstance(statement, ast.Assign) for target in statement.targets
    ]
    return name in [parameter.arg for parameter in parameters] + [
        target.id for target in targets if isinstance(target, ast.Name)
    ]


def _has_docstring(function: Function) -> bool:
    return ast.get_docstring(function, clean=False) is not None
