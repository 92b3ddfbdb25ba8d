"""Join a path and a string with `/` instead of `+`: `base + "a.txt"` becomes `base / "a.txt"`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.operands import operands_of, sums_here
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_RAISED = ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'PosixPath' and 'str'")
_SUFFIX = re.compile(r"[._-]")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("$0out = base + 'a.txt'\n", "out = base / 'a.txt'\n", _RAISED),
        Example("$0out = base + '/' + name + '.txt'\n", "out = base / (name + '.txt')\n", _RAISED),
        Example("$0out = base + '.bak'\n", "out = base.with_name(base.name + '.bak')\n", _RAISED),
    ],
)
def join_paths(context: Context) -> Iterator[Candidate]:
    if "Path' and 'str'" not in context.problem.message:
        return
    tree = file_tree_of(context)
    for node in tree.here(ast.AugAssign):
        if isinstance(node.op, ast.Add) and "+=" in context.problem.message:
            at = tree.text.index("+=", tree.span(node.target).end)
            value = node.value
            edits = (Edit(Span(at, at + 2), "/="), *_without_slash(tree, value))
            yield Candidate(edits, "Replace `+=` with `/=`")
    for addition in sums_here(tree):
        owner, *rest = operands_of(addition)
        if "+=" in context.problem.message or _is_text(owner):
            continue
        new = _joined(tree, owner, rest)
        yield Candidate((Edit(tree.span(addition), new),), f"Join the path: `{beginning(new)}`")
        return


def _joined(tree: FileTree, owner: ast.expr, rest: list[ast.expr]) -> str:
    """Return the source of a path joined with the strings that were added to it."""
    path, parts = tree.source(owner), [tree.source(node) for node in rest]
    first = rest[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        if _SUFFIX.match(first.value) and isinstance(owner, (ast.Name, ast.Attribute)):
            return f"{path}.with_name({path}.name + {' + '.join(parts)})"
        if first.value in ("/", "\\") and len(parts) > 1:
            parts = parts[1:]
        elif first.value[:1] == "/" and len(first.value) > 1:
            parts[0] = parts[0].replace("/", "", 1)
    return f"{path} / {parts[0]}" if len(parts) == 1 else f"{path} / ({' + '.join(parts)})"


def _without_slash(tree: FileTree, value: ast.expr) -> Iterator[Edit]:
    """Yield the edit that removes the slash with which a string begins: joined with it, a path would be absolute."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value[:1] == "/":
        at = tree.text.index("/", tree.span(value).start)
        yield Edit(Span(at, at + 1), "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
