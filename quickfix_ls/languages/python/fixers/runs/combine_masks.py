"""Combine conditions on whole columns by `&`, `|` and `~`, each in parentheses: `df[df.a > 1 and df.b < 2]` becomes
`df[(df.a > 1) & (df.b < 2)]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_RAISED = ("", "ValueError", "The truth value of a Series is ambiguous. Use a.empty, a.bool(), a.item(), a.any().")
_CLOSED = (ast.Name, ast.Attribute, ast.Call, ast.Subscript)


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example("$0old = df[df.age > 60 and df.ok]\n", "old = df[(df.age > 60) & df.ok]\n", _RAISED),
        Example("$0df['x'] = not df.a == 1 or df.b < 2\n", "df['x'] = ~(df.a == 1) | (df.b < 2)\n", _RAISED),
        Example("$0old = df[df.age > 60 & df.ok]\n", "old = df[(df.age > 60) & df.ok]\n", _RAISED),
        Example("$0some = df[18 < df.age < 30]\n", "some = df[(18 < df.age) & (df.age < 30)]\n", _RAISED),
    ],
)
def combine_masks(context: Context) -> Iterator[Candidate]:
    if "truth value of a" not in context.problem.message:
        return
    tree = file_tree_of(context)
    masks = [node.slice for node in tree.here(ast.Subscript)]
    masks += [node.value for node in tree.here(ast.Assign)]
    for mask in masks:
        new = _combined(tree, mask)
        if new != tree.source(mask):
            yield Candidate((Edit(tree.span(mask), new),), f"Combine the conditions: `{beginning(new)}`")


def _combined(tree: FileTree, node: ast.expr) -> str:
    """Return the source of a condition on columns, with operators that work on each of their values."""
    if isinstance(node, ast.BoolOp):
        sign = " & " if isinstance(node.op, ast.And) else " | "
        return sign.join(_closed(tree, value) for value in node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return f"~{_closed(tree, node.operand)}"
    if not isinstance(node, ast.Compare):
        return tree.source(node)
    operands = [node.left, *node.comparators]
    if any(isinstance(operand, ast.BinOp) and _is_mask(operand.op) for operand in operands):
        return _between(tree, node)
    if len(operands) > 2:
        sources = [tree.source(operand) for operand in operands]
        signs = [tree.text[tree.span(a).end : tree.span(b).start].strip() for a, b in pairwise(operands)]
        return " & ".join(f"({a} {sign} {b})" for (a, b), sign in zip(pairwise(sources), signs, strict=True))
    if (
        isinstance(node, ast.Compare)
        and isinstance(node.comparators[0], ast.BinOp)
        and _is_mask(node.comparators[0].op)
    ):
        return _between(tree, node)
    return tree.source(node)


def _between(tree: FileTree, compare: ast.Compare) -> str:
    """Return the source of comparisons whose operands a `&` or `|` without parentheses tore apart."""
    text = tree.source(compare)
    start = tree.span(compare).start
    places = []
    for operand in (compare.left, *compare.comparators):
        if isinstance(operand, ast.BinOp) and _is_mask(operand.op):
            left, right = tree.span(operand.left).end - start, tree.span(operand.right).start - start
            places.append((left, right))
    pieces, signs, begin = [], [], 0
    for left, right in places:
        pieces.append(text[begin:left])
        signs.append(text[left:right].strip())
        begin = right
    pieces.append(text[begin:])
    closed = [piece if piece.replace(".", "").replace("_", "").isalnum() else f"({piece})" for piece in pieces]
    return "".join(f"{piece} {sign} " for piece, sign in zip(closed, signs, strict=False)) + closed[-1]


def _is_mask(operator: ast.operator) -> bool:
    return isinstance(operator, (ast.BitAnd, ast.BitOr))


def _closed(tree: FileTree, node: ast.expr) -> str:
    """Return the source of an operand, in parentheses unless it is a name, a call or the like."""
    if isinstance(node, _CLOSED):
        return tree.source(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _combined(tree, node)
    return f"({_combined(tree, node)})"
