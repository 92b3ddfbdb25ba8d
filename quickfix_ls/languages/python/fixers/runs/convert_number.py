"""Make a number of a string that is counted with: `price * 2` becomes `int(price) * 2`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import type_of, values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_TOLD = re.compile(
    r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<left>str|int|float)' and '(?P<right>str|int|float)'"
    r"|'(?P<compared>[<>]=?)' not supported between instances of '(?P<less>\w+)' and '(?P<more>\w+)'"
)
_JOINED = re.compile(r'can only concatenate str \(not "(?P<kind>int|float)"\) to str')
_PLACES = (ast.Name, ast.Subscript, ast.Attribute)
_SIGNS: dict[str, type[ast.operator]] = {
    **{"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div, "//": ast.FloorDiv, "%": ast.Mod, "**": ast.Pow},
    "** or pow()": ast.Pow,
}


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0print(row['price'] - 2)\n",
            "print(int(row['price']) - 2)\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for -: 'str' and 'int'"),
        ),
        Example(
            "$0if limit < sys.argv[1]:\n    go()\n",
            "if limit < int(sys.argv[1]):\n    go()\n",
            ("", "TypeError", "TypeError: '<' not supported between instances of 'int' and 'str'"),
        ),
        Example(
            "total = 0\n$0total += row[1]\n",
            "total = 0\ntotal += int(row[1])\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for +=: 'int' and 'str'"),
        ),
        Example(
            "$0range(sys.argv[1])\n",
            "range(int(sys.argv[1]))\n",
            ("", "TypeError", "TypeError: 'str' object cannot be interpreted as an integer"),
        ),
    ],
)
def convert_number(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    told, joined = _TOLD.match(message), _JOINED.match(message)
    function = "float" if "float" in message else "int"
    if told:
        kinds = told["left"] or told["less"], told["right"] or told["more"]
        for pair in _pairs(tree, told["sign"] or told["compared"]):
            for node, kind in zip(pair, kinds, strict=True):
                if kind == "str" and _may_be_number(tree, node):
                    yield _converted(tree, node, function)
    elif joined:
        for node in tree.here(ast.BinOp):
            is_sum = isinstance(node.op, ast.Add) and type_of(tree, node.right) == joined["kind"]
            if is_sum and isinstance(node.left, _PLACES) and _may_be_number(tree, node.left):
                yield _converted(tree, node.left, function)
    elif message == "can't multiply sequence by non-int of type 'str'":
        for node in tree.here(ast.BinOp):
            sides = [node.left, node.right] if isinstance(node.op, ast.Mult) else []
            if sides and all(type_of(tree, side) == "str" and _may_be_number(tree, side) for side in sides):
                edits = [edit for side in sides for edit in tree.around(side, "int(", ")")]
                shown = " * ".join(f"int({tree.source(side)})" for side in sides)
                yield Candidate(tuple(edits), f"Make numbers of them: `{beginning(shown)}`")
    elif message.endswith("indices must be integers or slices, not str"):
        for node in tree.here(ast.Subscript):
            if isinstance(node.slice, ast.Constant) and _may_be_number(tree, node.slice):
                new = str(node.slice.value).strip()
                yield Candidate((Edit(tree.span(node.slice), new),), f"Index with the number `{new}`")
            elif type_of(tree, node.slice) == "str" and _may_be_number(tree, node.slice):
                yield _converted(tree, node.slice, "int")
    elif message == "'str' object cannot be interpreted as an integer":
        for call in tree.here(ast.Call):
            if isinstance(call.func, ast.Name) and call.func.id == "range":
                arguments = [node for node in call.args if type_of(tree, node) != "int"]
                for node in arguments if len(arguments) == 1 else ():
                    yield _converted(tree, node, function)


def _pairs(tree: FileTree, sign: str) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the operands of each use of an operator on the reported lines."""
    if sign[:1] in "<>":
        for compare in tree.here(ast.Compare):
            if len(compare.comparators) == 1:
                yield compare.left, compare.comparators[0]
        return
    kind = _SIGNS.get(sign.removesuffix("="))
    if kind is None:
        return
    if sign.endswith("="):
        yield from ((node.target, node.value) for node in tree.here(ast.AugAssign) if isinstance(node.op, kind))
    else:
        yield from ((node.left, node.right) for node in tree.here(ast.BinOp) if isinstance(node.op, kind))


def _may_be_number(tree: FileTree, node: ast.expr) -> bool:
    """Return whether an expression is not text that is plainly no number."""
    values = values_of(tree, node.id) if isinstance(node, ast.Name) else []
    if any(isinstance(value, ast.Constant) and not _may_be_number(tree, value) for value in values):
        return False
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value.strip().replace(".", "", 1).isdigit()
    return not isinstance(node, ast.JoinedStr) and type_of(tree, node) in ("", "str")


def _converted(tree: FileTree, node: ast.expr, function: str) -> Candidate:
    new = f"{function}({tree.source(node)})"
    return Candidate(tree.around(node, f"{function}(", ")"), f"Make a number of it: `{beginning(new)}`")
