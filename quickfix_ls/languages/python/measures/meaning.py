"""Features of the meaning of the changed lines: constructs that compile and are hardly ever intended."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.languages.python.checks.changed_code import free_after, tree_after
from quickfix_ls.languages.python.facts import binds
from quickfix_ls.ranking.measures import Changed
from quickfix_ls.validation.change import Change

_USED = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.Constant)
_UNCALLED = (ast.Constant, ast.List, ast.Dict, ast.Tuple)


def meaning_measures(changed: Changed) -> dict[str, float]:
    """Return the counts of such constructs and of new undefined names; all are -1 if the region does not compile
    yet."""
    change = changed.change
    counts = dict.fromkeys(("new_undefined", "idle_statements", "odd_tuples", "annotations", "called_constants"), 0)
    if change.fault is not None:
        return dict.fromkeys(counts, -1.0)
    undefined = {free.name for free in free_after(change) if not binds(change.index, free.name)}
    counts["new_undefined"] = len(undefined - {change.problem.name})
    for node in touched_nodes(change):
        if isinstance(node, ast.Expr):
            counts["idle_statements"] += not isinstance(node.value, _USED)
            counts["odd_tuples"] += isinstance(node.value, ast.Tuple)
        elif isinstance(node, (ast.Assign, ast.Return)):
            counts["odd_tuples"] += isinstance(node.value, ast.Tuple) and _character_at(change, node.value) != "("
        elif isinstance(node, ast.AnnAssign):
            counts["annotations"] += node.value is None
        elif isinstance(node, ast.Call):
            counts["called_constants"] += isinstance(node.func, _UNCALLED)
        elif isinstance(node, ast.Subscript):
            counts["called_constants"] += isinstance(node.value, _UNCALLED)
    return {name: float(count) for name, count in counts.items()}


def touched_nodes(change: Change) -> Iterator[ast.AST]:
    """Yield the nodes that overlap the lines that the change touches."""
    start, end = change.touched
    text = change.after.text
    first = change.after.prefix.count("\n") + text.count("\n", 0, start) + 1
    last = first + text.count("\n", start, end + len(text) - len(change.before.text))
    tree = tree_after(change)
    todo: list[ast.AST] = [tree] if tree is not None else []
    while todo:
        node = todo.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            lines = _lines_of(child)
            if lines is None or (lines[0] <= last and lines[1] >= first):
                todo.append(child)


def _lines_of(node: ast.AST) -> tuple[int, int] | None:
    """Return the first and the last line of a node; None for a node without a position."""
    if not isinstance(node, (ast.stmt, ast.expr, ast.excepthandler)):
        return None
    decorators = getattr(node, "decorator_list", None)
    return decorators[0].lineno if decorators else node.lineno, node.end_lineno or node.lineno


def _character_at(change: Change, node: ast.expr) -> str:
    """Return the character at which a node begins; "" if its line and column are not valid."""
    lines = (change.after.prefix + change.after.text).split("\n", node.lineno)
    line = lines[node.lineno - 1].encode("utf-8", "surrogatepass") if node.lineno <= len(lines) else b""
    return line[node.col_offset : node.col_offset + 1].decode("utf-8", "replace")
