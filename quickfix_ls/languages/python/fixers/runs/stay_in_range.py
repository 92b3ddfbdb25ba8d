"""Keep an index inside of a sequence: `range(len(xs) + 1)` becomes `range(len(xs))`, `i <= len(xs)` becomes
`i < len(xs)`, and `xs[n] = v` of an empty list becomes `xs.append(v)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_RAISED = ("", "IndexError", "IndexError: list index out of range")


@fixer(
    handles=RUN,
    errors=("IndexError",),
    examples=[
        Example(
            "for i in range(len(xs) + 1):\n    $0print(xs[i])\n",
            "for i in range(len(xs)):\n    print(xs[i])\n",
            _RAISED,
        ),
        Example(
            "for i in range(len(xs)):\n    $0print(xs[i + 1] - xs[i])\n",
            "for i in range(len(xs) - 1):\n    print(xs[i + 1] - xs[i])\n",
            _RAISED,
        ),
        Example(
            "for i in range(1, len(xs) + 1):\n    $0print(i, xs[i])\n",
            "for i in range(1, len(xs) + 1):\n    print(i, xs[i - 1])\n",
            _RAISED,
        ),
        Example(
            "while i <= len(xs):\n    $0print(xs[i])\n    i += 1\n",
            "while i < len(xs):\n    print(xs[i])\n    i += 1\n",
            _RAISED,
        ),
        Example("$0print(xs[len(xs)])\n", "print(xs[len(xs) - 1])\n", _RAISED),
        Example(
            "xs = []\nfor n in range(5):\n    $0xs[n] = n * n\n",
            "xs = []\nfor n in range(5):\n    xs.append(n * n)\n",
            ("", "IndexError", "IndexError: list assignment index out of range"),
        ),
    ],
)
def stay_in_range(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    if message == "list assignment index out of range":
        yield from _appended(tree)
    for node in tree.here(ast.Subscript):
        if isinstance(node.slice, ast.Call) and _is_length(tree, node.slice):
            yield Candidate(tree.around(node.slice, "", " - 1"), f"Take the last: `{tree.source(node.slice)} - 1`")
    places = [node.slice for node in tree.here(ast.Subscript)]
    indices = [index for place in places for index in (place.elts if isinstance(place, ast.Tuple) else [place])]
    for index in indices:
        if isinstance(index, ast.Name):
            yield from _shorter(tree, index)
        elif isinstance(index, ast.BinOp) and isinstance(index.op, ast.Add) and isinstance(index.left, ast.Name):
            yield from _before_end(tree, index.left.id, tree.source(index.right))


def _appended(tree: FileTree) -> Iterator[Candidate]:
    for assignment in tree.here(ast.Assign):
        target = assignment.targets[0]
        if not isinstance(target, ast.Subscript) or not isinstance(target.value, ast.Name):
            continue
        values = values_of(tree, target.value.id)
        if values and all(isinstance(value, ast.List) and not value.elts for value in values):
            owner, value = target.value.id, tree.source(assignment.value)
            edits = (
                Edit(Span(tree.span(target.value).end, tree.span(assignment.value).start), ".append("),
                Edit(Span(tree.span(assignment).end, tree.span(assignment).end), ")"),
            )
            yield Candidate(edits, f"Append to the list: `{owner}.append({value})`")


def _ranges(tree: FileTree, name: str) -> Iterator[ast.Call]:
    """Yield the calls of `range` that a loop variable goes through, the nearest first."""
    for loop in tree.near(ast.For):
        call = loop.iter
        is_of = isinstance(loop.target, ast.Name) and loop.target.id == name
        if is_of and isinstance(call, ast.Call) and getattr(call.func, "id", "") == "range" and call.args:
            yield call


def _is_length(tree: FileTree, node: ast.expr) -> bool:
    return tree.source(node).startswith("len(") or ".shape[" in tree.source(node)


def _shorter(tree: FileTree, index: ast.Name) -> Iterator[Candidate]:
    """Yield what keeps a variable below the length: a range without `+ 1`, an index from 0, or `<` in a loop."""
    for call in _ranges(tree, index.id):
        end = call.args[min(1, len(call.args) - 1)]
        if isinstance(end, ast.BinOp) and isinstance(end.op, ast.Add) and _is_length(tree, end.left):
            if len(call.args) > 1 and tree.source(call.args[0]) == tree.source(end.right):
                shift = f" - {tree.source(end.right)}"
                yield Candidate(tree.around(index, "", shift), f"Count from 0: `{index.id}{shift}`")
            else:
                edit = Edit(Span(tree.span(end.left).end, tree.span(end).end), "")
                yield Candidate((edit,), f"End at the length: `{tree.source(end.left)}`")
            return
    for loop in tree.near(ast.While):
        for compare in ast.walk(loop.test):
            if not isinstance(compare, ast.Compare) or not isinstance(compare.ops[0], ast.LtE):
                continue
            if tree.source(compare.left) == index.id and _is_length(tree, compare.comparators[0]):
                between = Span(tree.span(compare.left).end, tree.span(compare.comparators[0]).start)
                at = tree.text.index("<=", between.start)
                yield Candidate((Edit(Span(at, at + 2), "<"),), "End before the length: `<`")
                return


def _before_end(tree: FileTree, name: str, shift: str) -> Iterator[Candidate]:
    """Yield a range that ends early enough for an index that is ahead of its variable."""
    for call in _ranges(tree, name):
        end = call.args[min(1, len(call.args) - 1)]
        if isinstance(end, ast.Call) and _is_length(tree, end):
            yield Candidate(tree.around(end, "", f" - {shift}"), f"End earlier: `{tree.source(end)} - {shift}`")
            return
