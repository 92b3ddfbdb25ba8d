"""Move the fields of a dataclass without a default before those with one, or give them the default `None`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(r"non-default argument '(?P<name>\w+)' follows default argument")
_RAISED = ("", "TypeError", "TypeError: non-default argument 'y' follows default argument")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "@dataclass\nclass Point:\n    x: int = 0\n    $0y: int\n",
            "@dataclass\nclass Point:\n    y: int\n    x: int = 0\n",
            _RAISED,
        ),
        Example(
            "@dataclass\nclass Point:\n    x: int = 0\n    $0y: int\n",
            "@dataclass\nclass Point:\n    x: int = 0\n    y: int = None\n",
            _RAISED,
        ),
    ],
)
def order_fields(context: Context) -> Iterator[Candidate]:
    told = _TOLD.match(context.problem.message)
    if not told:
        return
    tree = file_tree_of(context)
    for owner in tree.near(ast.ClassDef):
        fields = [node for node in owner.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)]
        names = [getattr(node.target, "id", "") for node in fields]
        at = names.index(told["name"]) if told["name"] in names else 0
        if not at or fields[at].value is not None or all(node.value is None for node in fields[:at]):
            continue
        first = next(index for index, node in enumerate(fields) if node.value is not None)
        late = [node for node in fields[first:] if node.value is None]
        shown = ", ".join(f"`{getattr(node.target, 'id', '')}`" for node in late)
        yield Candidate(_moved(tree, fields), f"Move {shown} before the fields with a default")
        given = tuple(Edit(Span(tree.span(node).end, tree.span(node).end), " = None") for node in late)
        yield Candidate(given, f"Give {shown} the default `None`", safety="needs-a-look")
        return


def _moved(tree: FileTree, fields: list[ast.AnnAssign]) -> tuple[Edit, ...]:
    """Return the edits that put each field into its new place."""
    spans = [tree.span(node) for node in fields]
    ordered = sorted(range(len(fields)), key=lambda index: fields[index].value is not None)
    return tuple(
        Edit(span, tree.text[spans[new].start : spans[new].end])
        for span, new in zip(spans, ordered, strict=True)
        if spans[new] != span
    )
