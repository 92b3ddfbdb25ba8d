"""Await a coroutine, at its call or where its result is assigned to a name: `load().upper()` becomes
`(await load()).upper()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import Tree, tree_of
from quickfix_ls.values import Candidate

_CALL = "async def load(): ...\n\n\nasync def main():\n"


@fixer(
    handles="type",
    errors=("RuntimeWarning",),
    examples=[
        Example(
            f"{_CALL}    $0load()\n",
            f"{_CALL}    await load()\n",
            ("ty", "unused-awaitable", "Object of type `CoroutineType[Any, Any, str]` is not awaited"),
        ),
        Example(
            f"{_CALL}    return $0load().upper()\n",
            f"{_CALL}    return (await load()).upper()\n",
            ("mypy", "attr-defined", '"Coroutine[Any, Any, str]" has no attribute "upper"'),
        ),
        Example(
            f"{_CALL}    text = load()\n    return $0text.upper()\n",
            f"{_CALL}    text = await load()\n    return text.upper()\n",
            ("mypy", "attr-defined", '"Coroutine[Any, Any, str]" has no attribute "upper"'),
        ),
    ],
)
def add_await(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Await `load()`"."""
    tree = tree_of(context)
    if not context.problem.name:
        calls = [statement.value for statement in tree.near(ast.Expr) if isinstance(statement.value, ast.Call)]
        yield from (_awaited(tree, call) for call in calls[:1])
        return
    for attribute in tree.near(ast.Attribute):
        if attribute.attr != context.problem.name:
            continue
        if isinstance(attribute.value, ast.Call):
            yield _awaited(tree, attribute.value, bracketed=True)
        elif isinstance(attribute.value, ast.Name):
            yield from (_awaited(tree, call) for call in _values_of(tree, attribute.value))
        return


def _awaited(tree: Tree, call: ast.Call, *, bracketed: bool = False) -> Candidate:
    before, after = ("(await ", ")") if bracketed else ("await ", "")
    return Candidate(tree.around(call, before, after), f"Await `{tree.text(call)}`")


def _values_of(tree: Tree, name: ast.Name) -> list[ast.Call]:
    """Return the call in the last assignment to the name before it is read; empty if that is not a call."""
    bindings = [
        assignment
        for assignment in tree.all(ast.Assign)
        if any(isinstance(target, ast.Name) and target.id == name.id for target in assignment.targets)
        and assignment.lineno < name.lineno
    ]
    last = max(bindings, key=lambda assignment: assignment.lineno, default=None)
    return [last.value] if last is not None and isinstance(last.value, ast.Call) else []
