"""Make a number of what `input()` returns, where it is counted or compared with: `n = input()` becomes
`n = int(input())`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import type_of, values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_MESSAGES = (
    'can only concatenate str (not "',
    "unsupported operand type(s) for ",
    "not supported between instances of",
    "cannot be interpreted as an integer",
    "can't multiply sequence by non-int of type 'str'",
    "not all arguments converted during string formatting",
)
_FLOATS = ("'float'", '"float"')


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "n = input('n? ')\n$0print(n + 1)\n",
            "n = int(input('n? '))\nprint(n + 1)\n",
            ("", "TypeError", 'TypeError: can only concatenate str (not "int") to str'),
        ),
        Example(
            "age = input()\n$0if age > 17:\n    print(age)\n",
            "age = int(input())\nif age > 17:\n    print(age)\n",
            ("", "TypeError", "TypeError: '>' not supported between instances of 'str' and 'int'"),
        ),
        Example(
            "$0total = float(3) + input()\n",
            "total = float(3) + float(input())\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'float' and 'str'"),
        ),
    ],
)
def convert_input(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for the `input()` behind each operand of the reported lines, unless text is added to it."""
    message = context.problem.message
    if not any(part in message for part in _MESSAGES):
        return
    tree = file_tree_of(context)
    function = "float" if any(word in message for word in _FLOATS) else "int"
    found: dict[int, ast.expr] = {}
    for operand in _operands(tree):
        if (call := _input_of(tree, operand)) is not None:
            found.setdefault(tree.span(call).start, call)
    for call in found.values():
        new = f"{function}({tree.source(call)})"
        yield Candidate(tree.around(call, f"{function}(", ")"), f"Make a number of it: `{new}`")


def _operands(tree: FileTree) -> Iterator[ast.expr]:
    """Yield the operands on the reported lines that must be numbers: of arithmetic and comparisons without text, and
    the arguments of `range()`."""
    for node in tree.here(ast.BinOp):
        others = (node.left, node.right)
        if not any(_is_text(tree, other) for other in others):
            yield from others
    for compare in tree.here(ast.Compare):
        yield from (compare.left, *compare.comparators)
    for augmented in tree.here(ast.AugAssign):
        yield augmented.value
    for call in tree.here(ast.Call):
        if isinstance(call.func, ast.Name) and call.func.id == "range":
            yield from call.args


def _is_text(tree: FileTree, node: ast.expr) -> bool:
    """Return whether an operand is text that does not come from `input()`."""
    return _input_of(tree, node) is None and type_of(tree, node) == "str"


def _input_of(tree: FileTree, node: ast.expr) -> ast.expr | None:
    """Return the call of `input()` that an operand is, or that its name is always bound to; else None."""
    if isinstance(node, ast.Name):
        values = values_of(tree, node.id)
        node = values[0] if len(values) == 1 and values[0] is not None else node
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "input"
    return node if is_call else None
