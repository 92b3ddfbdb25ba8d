"""Use the variable of a loop in place of the list that it goes through: `for line in lines: lines.split()` becomes
`line.split()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles=RUN,
    errors=("AttributeError",),
    examples=[
        Example(
            "lines = ['a b']\nfor line in lines:\n    $0print(lines.split())\n",
            "lines = ['a b']\nfor line in lines:\n    print(line.split())\n",
            ("", "AttributeError", "AttributeError: 'list' object has no attribute 'split'"),
        )
    ],
)
def take_loop_variable(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    if "object has no attribute '" not in message:
        return
    name, tree = message.rsplit("attribute '", 1)[1].partition("'")[0], file_tree_of(context)
    for node in tree.here(ast.Attribute):
        if node.attr != name or not isinstance(node.value, ast.Name):
            continue
        owner, start = node.value.id, tree.span(node.value).start
        for target, source in _loops(tree, start):
            if source == owner and target != owner:
                edit = Edit(Span(start, start + len(owner)), target)
                yield Candidate((edit,), f"Replace `{owner}` with `{target}`")
                return


def _loops(tree: FileTree, place: int) -> Iterator[tuple[str, str]]:
    """Yield the variable and the iterated name of each loop around a place."""
    loops: list[ast.For | ast.ListComp | ast.SetComp | ast.GeneratorExp] = []
    for kind in (ast.For, ast.ListComp, ast.SetComp, ast.GeneratorExp):
        loops += tree.all(kind)
    for loop in loops:
        span = tree.span(loop)
        if not span.start <= place < span.end:
            continue
        for part in [loop] if isinstance(loop, ast.For) else loop.generators:
            if isinstance(part.target, ast.Name) and isinstance(part.iter, ast.Name):
                yield part.target.id, part.iter.id
