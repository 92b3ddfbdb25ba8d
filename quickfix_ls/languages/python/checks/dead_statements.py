"""Check that a change puts in no statement that makes no sense: a `raise` without an exception where none is being
handled, which always fails, a loop that its first pass always leaves, or an `except` of what is no exception."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.languages.python.checks.changed_code import tree_after
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"

_LOOPS = frozenset({"for", "while"})
_NO_EXCEPTIONS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.Constant)


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if the change adds a bare `raise` outside of `except` blocks, a loop whose
    body always ends in `break` or `continue`, or an `except` with a condition or a local variable."""
    added = {token.text for edit in change.inside for token in lex(edit.text)}
    if not added & {"raise", "except", *_LOOPS}:
        return ""
    tree = tree_after(change)
    if tree is None:
        return ""
    if "raise" in added and any(_idle_raises(tree)):
        raise Refused("it raises nothing")
    if added & _LOOPS and any(isinstance(loop.body[-1], ast.Break | ast.Continue) for loop in _loops(tree)):
        raise Refused("it makes a loop that does not go round")
    if "except" in added and any(_catches_value(function) for function in _scopes(tree)):
        raise Refused("it catches what is no exception")
    return ""


def _scopes(tree: ast.Module) -> Iterator[ast.Module | ast.FunctionDef | ast.AsyncFunctionDef]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _catches_value(scope: ast.AST) -> bool:
    """Return whether code has an `except` with a condition, or with a variable that it assigns, which is no tuple."""
    caught = [node.type for node in ast.walk(scope) if isinstance(node, ast.ExceptHandler) and node.type is not None]
    if any(isinstance(each, _NO_EXCEPTIONS) for each in caught):
        return True
    assigned = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    tuples = (node for node in ast.walk(scope) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple))
    assigned -= {target.id for node in tuples for target in node.targets if isinstance(target, ast.Name)}
    return any(isinstance(each, ast.Name) and each.id in assigned and each.id.islower() for each in caught)


def _idle_raises(node: ast.AST) -> Iterator[ast.Raise]:
    """Yield the bare `raise` statements below a node that are in no `except` block."""
    if isinstance(node, ast.ExceptHandler):
        return
    if isinstance(node, ast.Raise) and node.exc is None:
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _idle_raises(child)


def _loops(tree: ast.Module) -> Iterator[ast.For | ast.AsyncFor | ast.While]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.For | ast.AsyncFor | ast.While))
