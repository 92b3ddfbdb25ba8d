"""Declare a name `global`, or `nonlocal`, that a function changes and reads from outside."""

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
    """``Declare `global count` ``"""
    name, tree = context.problem.name, tree_of(context)
    functions = _functions_around(tree, context) if name else []
    if not functions:
        return
    inner, *outer = functions
    word = "global"
    if any(_binds(one, name) for one in outer):
        word = "nonlocal"
    elif not re.search(rf"^{name}\s*(?::[^=\n]+)?=(?!=)", context.snapshot.text, re.MULTILINE):
        return
    first = inner.body[_has_docstring(inner) :]
    if first and first[0].lineno > inner.lineno:
        start = tree.span(first[0]).start
        margin = context.region.text[context.region.text.rfind("\n", 0, start) + 1 : start]
        yield Candidate((context.edit(start, start, f"{word} {name}\n{margin}"),), f"Declare `{word} {name}`")


def _functions_around(tree: Tree, context: Context) -> list[Function]:
    """The functions that the problem lies in, the innermost first."""
    found: list[Function] = [*tree.all(ast.FunctionDef), *tree.all(ast.AsyncFunctionDef)]
    spans = {one: tree.span(one) for one in found}
    around = [one for one in found if spans[one].start <= context.offset < spans[one].end]
    return sorted(around, key=lambda one: -spans[one].start)


def _binds(function: Function, name: str) -> bool:
    """Whether a function's own statements bind a name, by an assignment or as a parameter."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    targets = [target for one in function.body if isinstance(one, ast.Assign) for target in one.targets]
    return name in [one.arg for one in parameters] + [one.id for one in targets if isinstance(one, ast.Name)]


def _has_docstring(function: Function) -> bool:
    return ast.get_docstring(function, clean=False) is not None
