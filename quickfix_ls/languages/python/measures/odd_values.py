"""Operands of a type that hardly fits their place: what a bracket at the wrong place makes of correct code."""

from __future__ import annotations

import ast

_NUMBERS = frozenset(
    {"len", "int", "float", "abs", "round", "range", "ord", "chr", "sqrt", "input", "open", "enumerate"}
)
_MOST = {
    **dict.fromkeys(("len", "abs", "ord", "chr", "sqrt", "input", "list", "set", "tuple", "float", "bool"), 1),
    **dict.fromkeys(("int", "round", "sum", "isinstance", "enumerate", "hasattr"), 2),
    **dict.fromkeys(("range", "str"), 3),
}
"""The largest number of positional arguments of functions that everybody knows."""
_TRUTHS = (ast.Compare, ast.BoolOp)
_CONTAINERS = (ast.List, ast.Tuple, ast.Dict, ast.Set)
_SUMS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow)


def is_odd(node: ast.AST) -> bool:
    """Return whether an operand of a node has a type, or a number of items, that is hardly meant."""
    if isinstance(node, ast.Call):
        return _is_odd_call(node)
    if isinstance(node, ast.Subscript):
        return _is_odd_subscript(node)
    if isinstance(node, ast.Compare):
        operands = (node.left, *node.comparators)
        return any(isinstance(operand, _TRUTHS) or _is_torn(operand) for operand in operands)
    if isinstance(node, ast.BinOp):
        is_sum = isinstance(node.op, _SUMS)
        has_truth = any(isinstance(side, _TRUTHS) for side in (node.left, node.right))
        return (is_sum and has_truth) or _is_counted_text(node)
    if isinstance(node, (ast.List, ast.Tuple)):
        return _is_uneven(node)
    return False


def _is_odd_call(call: ast.Call) -> bool:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if isinstance(call.func, ast.Name) and name in _MOST and len(call.args) > _MOST[name]:
        return True
    if name in _NUMBERS and any(isinstance(argument, _TRUTHS) for argument in call.args):
        return True
    if name in ("str", "int", "float") and len(call.args) == 1:
        return _is_sum_with_text(call.args[0])
    return False


def _is_odd_subscript(node: ast.Subscript) -> bool:
    """Return whether a text is indexed by a text, or an index is a sum with a text."""
    is_text_of_text = _is_text(node.value) and (_is_text(node.slice) or isinstance(node.slice, ast.List))
    return is_text_of_text or _is_sum_with_text(node.slice, plain=True)


def _is_torn(node: ast.expr) -> bool:
    """Return whether an operand of a comparison is `18 & (...)`: the comparisons around lack their parentheses."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        return False
    return any(isinstance(side, (ast.Constant, *_TRUTHS)) for side in (node.left, node.right))


def _is_counted_text(node: ast.BinOp) -> bool:
    """Return whether the text of an `input()` is counted with."""
    calls = [side for side in (node.left, node.right) if isinstance(side, ast.Call)]
    is_input = any(getattr(call.func, "id", "") == "input" for call in calls)
    return is_input and isinstance(node.op, _SUMS) and not isinstance(node.op, ast.Add)


def _is_sum_with_text(node: ast.expr, *, plain: bool = False) -> bool:
    """Return whether an expression is a sum with a text literal; `plain`: a sum of one with something indexed."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
        return False
    sides = (node.left, node.right)
    if plain:
        return any(_is_text(side) for side in sides) and any(isinstance(side, ast.Subscript) for side in sides)
    return any(_is_text(side) or _is_sum_with_text(side) for side in sides)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_uneven(node: ast.List | ast.Tuple) -> bool:
    """Return whether some items are containers and others are none, or the containers differ in length."""
    inner = [item for item in node.elts if isinstance(item, _CONTAINERS)]
    if len(node.elts) < 2 or not inner:
        return False
    if isinstance(node, ast.List) and len(inner) < len(node.elts):
        return any(isinstance(item, ast.Constant) for item in node.elts)
    if len(inner) < len(node.elts) or len({type(item) for item in inner}) > 1 or isinstance(node, ast.Tuple):
        return False
    sizes = {len(item.keys) if isinstance(item, ast.Dict) else len(item.elts) for item in inner}
    return isinstance(inner[0], ast.Tuple) and len(sizes) > 1
