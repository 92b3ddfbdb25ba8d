"""Use a tuple as a key or an element of a set, where a list can be none: `grid[[x, y]]` becomes `grid[(x, y)]`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_RAISED = ("", "TypeError", "TypeError: unhashable type: 'list'")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("$0grid[[x, y]] = 1\n", "grid[(x, y)] = 1\n", _RAISED),
        Example("place = [1, 2]\n$0seen.add(place)\n", "place = (1, 2)\nseen.add(place)\n", _RAISED),
        Example("$0seen.add(row)\n", "seen.add(tuple(row))\n", _RAISED),
    ],
)
def make_tuple(context: Context) -> Iterator[Candidate]:
    if "unhashable type: 'list'" not in context.problem.message:
        return
    tree = file_tree_of(context)
    for node in _keys(tree):
        if isinstance(node, ast.List):
            yield _as_tuple(tree, node)
        elif isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)):
            values = values_of(tree, node.id) if isinstance(node, ast.Name) else []
            if len(values) == 1 and isinstance(values[0], ast.List):
                yield _as_tuple(tree, values[0])
            elif not any(isinstance(value, ast.Constant) for value in values):
                new = f"tuple({tree.source(node)})"
                yield Candidate(tree.around(node, "tuple(", ")"), f"Make a tuple of it: `{new}`")


def _keys(tree: FileTree) -> Iterator[ast.expr]:
    """Yield the expressions of the reported lines that must be hashable."""
    for subscript in tree.here(ast.Subscript):
        yield subscript.slice
    for call in tree.here(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("add", "setdefault", "get", "discard", "pop"):
            yield from call.args[:1]
    for display in tree.here(ast.Set):
        yield from display.elts
    for mapping in tree.here(ast.Dict):
        yield from (key for key in mapping.keys if key is not None)


def _as_tuple(tree: FileTree, node: ast.List) -> Candidate:
    span = tree.span(node)
    closer = ",)" if len(node.elts) == 1 else ")"
    edits = (Edit(Span(span.start, span.start + 1), "("), Edit(Span(span.end - 1, span.end), closer))
    return Candidate(edits, f"Make it a tuple: `({beginning(tree.source(node)[1:-1])}{closer}`")
