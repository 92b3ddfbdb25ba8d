"""Wrap an operand in `str()` when it is concatenated with a string, or `int()` around `input()` used in arithmetic."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import Tree, tree_of
from quickfix_ls.values import Candidate

_TEXT_AND_NUMBER = ("mypy", "operator", 'Unsupported operand types for + ("str" and "int")')


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example('n = 3\nprint($0"n: " + n)\n', 'n = 3\nprint("n: " + str(n))\n', _TEXT_AND_NUMBER),
        Example(
            'def f(xs):\n    return $0"n: " + len(xs) + "."\n',
            'def f(xs):\n    return "n: " + str(len(xs)) + "."\n',
            _TEXT_AND_NUMBER,
        ),
        Example("age = $0input() + 1\n", "age = int(input()) + 1\n", _TEXT_AND_NUMBER),
    ],
)
def convert_operand(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Make a text of it: `str(n)`".

    Only sums with a string literal or an `input()` call are handled, since for others the intended type is unclear.
    """
    tree = tree_of(context)
    sums = [addition for addition in tree.near(ast.BinOp) if isinstance(addition.op, ast.Add)]
    inner = {id(addition.left) for addition in sums} | {id(addition.right) for addition in sums}
    for addition in sums:
        operands = _operands(addition)
        if id(addition) in inner:
            continue
        if any(map(_is_string, operands)):
            for operand in operands:
                if not _is_string(operand):
                    yield _called(tree, "str", operand, "text")
        else:
            for operand in operands:
                if _is_input(operand):
                    yield _called(tree, "int", operand, "number")


def _operands(node: ast.expr) -> list[ast.expr]:
    """Return the operands of a chain of additions, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*_operands(node.left), *_operands(node.right)]
    return [node]


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_input(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "input"


def _called(tree: Tree, function: str, operand: ast.expr, what: str) -> Candidate:
    title = f"Make a {what} of it: `{function}({tree.text(operand)})`"
    return Candidate(tree.around(operand, f"{function}(", ")"), title)
