"""Use the object that a method changed in place, not the `None` that it returned: `xs = xs.sort()` becomes
`xs.sort()`, and `for x in xs.sort():` becomes `for x in sorted(xs):`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_IN_PLACE = frozenset(
    {"append", "extend", "insert", "remove", "clear", "sort", "reverse", "update", "add", "discard", "shuffle"}
)
_RAISED = ("", "TypeError", "TypeError: 'NoneType' object is not subscriptable")


@fixer(
    handles=RUN,
    errors=("TypeError", "AttributeError"),
    examples=[
        Example("xs = [2, 1]\nxs = xs.sort()\n$0print(xs[0])\n", "xs = [2, 1]\nxs.sort()\nprint(xs[0])\n", _RAISED),
        Example("ys = xs.sort()\n$0print(ys[0])\n", "ys = sorted(xs)\nprint(ys[0])\n", _RAISED),
        Example("ys = xs.reverse()\n$0print(ys[0])\n", "ys = xs[::-1]\nprint(ys[0])\n", _RAISED),
        Example(
            "$0for x in xs.sort(key=len):\n    print(x)\n",
            "for x in sorted(xs, key=len):\n    print(x)\n",
            ("", "TypeError", "TypeError: 'NoneType' object is not iterable"),
        ),
        Example(
            "import random\n\ncards = random.shuffle(cards)\n$0print(cards[0])\n",
            "import random\n\nrandom.shuffle(cards)\nprint(cards[0])\n",
            _RAISED,
        ),
    ],
)
def keep_in_place(context: Context) -> Iterator[Candidate]:
    if "NoneType" not in context.problem.message:
        return
    tree = file_tree_of(context)
    for call in tree.here(ast.Call):
        if _is_in_place(call) and not _is_statement(tree, call):
            yield from _as_value(tree, call)
    read = {tree.source(node) for node in [*tree.here(ast.Name), *tree.here(ast.Attribute)]}
    for assignment in tree.near(ast.Assign):
        value, target = assignment.value, assignment.targets[0]
        if not (isinstance(value, ast.Call) and _is_in_place(value) and tree.source(target) in read):
            continue
        if _changed(tree, value) == tree.source(target):
            start = tree.span(target).start
            title = f"Write `{beginning(tree.source(value))}` without `{tree.source(target)} =`"
            yield Candidate((Edit(Span(start, tree.span(value).start), ""),), title)
        else:
            yield from _as_value(tree, value)


def _is_in_place(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _IN_PLACE


def _is_statement(tree: FileTree, call: ast.Call) -> bool:
    statements: list[ast.Expr | ast.Assign] = [*tree.all(ast.Expr), *tree.all(ast.Assign)]
    return any(node.value is call for node in statements)


def _changed(tree: FileTree, call: ast.Call) -> str:
    """Return the source of the object that a call changes."""
    if not isinstance(call.func, ast.Attribute):
        return ""
    changed = call.args[0] if call.func.attr == "shuffle" and call.args else call.func.value
    return tree.source(changed)


def _as_value(tree: FileTree, call: ast.Call) -> Iterator[Candidate]:
    """Yield the expression that makes a changed copy."""
    if not isinstance(call.func, ast.Attribute):
        return
    owner, span = tree.source(call.func.value), tree.span(call)
    if call.func.attr == "sort":
        given = tree.text[tree.span(call.func).end + 1 : span.end - 1].strip()
        new = f"sorted({owner}, {given})" if given else f"sorted({owner})"
    elif call.func.attr == "reverse":
        new = f"{owner}[::-1]"
    else:
        return
    yield Candidate((Edit(span, new),), f"Make a copy: `{beginning(new)}`", safety="needs-a-look")
