"""Sums in a file and their operands, for fixers of errors that were raised."""

from __future__ import annotations

import ast

from quickfix_ls.languages.python.fixers.file_trees import FileTree


def sums_here(tree: FileTree) -> list[ast.BinOp]:
    """Return the additions on the reported lines that are no operand of another one, in order."""
    sums = [node for node in tree.here(ast.BinOp) if isinstance(node.op, ast.Add)]
    inner = {id(node.left) for node in sums} | {id(node.right) for node in sums if isinstance(node.right, ast.BinOp)}
    return sorted((node for node in sums if id(node) not in inner), key=lambda node: tree.span(node).start)


def operands_of(node: ast.expr) -> list[ast.expr]:
    """Return the operands of a chain of additions, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [*operands_of(node.left), node.right]
    return [node]
