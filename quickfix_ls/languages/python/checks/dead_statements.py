"""Check that a change puts in no statement that makes no sense: a `raise` without an exception where none is being
handled, which always fails, or a loop that its first pass always leaves."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.languages.python.checks.changed_code import tree_after
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change, Refused

COST = 2
STAGE = "repair"

_LOOPS = frozenset({"for", "while"})


def check(change: Change) -> str:
    """Return an empty string. Raises Refused if the change adds a bare `raise` outside of `except` blocks, or a loop
    whose body always ends in `break` or `continue`."""
    added = {token.text for edit in change.inside for token in lex(edit.text)}
    if "raise" not in added and not added & _LOOPS:
        return ""
    tree = tree_after(change)
    if tree is None:
        return ""
    if "raise" in added and any(_idle_raises(tree)):
        raise Refused("it raises nothing")
    if added & _LOOPS and any(isinstance(loop.body[-1], ast.Break | ast.Continue) for loop in _loops(tree)):
        raise Refused("it makes a loop that does not go round")
    return ""


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
