"""Await the coroutine that a run complained about: at its call on the reported line, or where the name there got it.
Outside of async functions it is run by `asyncio.run`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, Function, file_tree_of, functions_in
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_RAISED = ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'coroutine' and 'int'")
_NEVER = re.compile(r"coroutine '(?:\w+\.)*(\w+)' was never awaited")
_UNSUITED = re.compile(r"object (\w+) can't be used in 'await' expression")
_CALL = "async def size():\n    return 3\n\n"


@fixer(
    handles=RUN,
    errors=("TypeError", "AttributeError", "RuntimeWarning"),
    examples=[
        Example(
            f"{_CALL}async def main():\n    $0return size() + 1\n",
            f"{_CALL}async def main():\n    return await size() + 1\n",
            _RAISED,
        ),
        Example(
            f"{_CALL}async def main():\n    n = size()\n    $0print(n + 1)\n",
            f"{_CALL}async def main():\n    n = await size()\n    print(n + 1)\n",
            _RAISED,
        ),
        Example(
            f"{_CALL}async def main():\n    $0return size().real\n",
            f"{_CALL}async def main():\n    return (await size()).real\n",
            ("", "AttributeError", "AttributeError: 'coroutine' object has no attribute 'real'"),
        ),
        Example(
            f"{_CALL}async def main():\n    $0n = await size\n",
            f"{_CALL}async def main():\n    n = await size()\n",
            ("", "TypeError", "TypeError: object function can't be used in 'await' expression"),
        ),
        Example(
            f"{_CALL}$0print(size() + 1)\n",
            f"import asyncio\n\n\n{_CALL}print(asyncio.run(size()) + 1)\n",
            _RAISED,
        ),
    ],
)
def await_coroutine(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    tree = file_tree_of(context)
    unsuited = _UNSUITED.match(message)
    if unsuited is not None:
        yield from _called(tree) if unsuited[1] in ("function", "method") else ()
        return
    if "coroutine" not in message:
        return
    never = _NEVER.search(message)
    coroutines = {never[1]} if never else _coroutines(tree)
    calls = _calls(tree, tree.here(ast.Call), coroutines) or _assigned_calls(tree, coroutines)
    for call in calls[:2]:
        yield from _awaited(context, tree, call)


def _coroutines(tree: FileTree) -> set[str]:
    return {function.name for function in functions_in(tree) if isinstance(function, ast.AsyncFunctionDef)}


def _calls(tree: FileTree, calls: Sequence[ast.Call], names: set[str]) -> list[ast.Call]:
    """Return those calls that make a coroutine and are not awaited: of the file's own async functions; of others, only
    where there is a single call."""
    awaited = {id(node.value) for node in tree.all(ast.Await)}
    given = {id(argument) for node in tree.all(ast.Call) for argument in node.args if _runs(node)}
    free = [call for call in calls if id(call) not in awaited | given]
    known = [call for call in free if _name(call) in names]
    foreign = [call for call in free if isinstance(call.func, ast.Attribute)]
    return known or (foreign if len(foreign) == 1 and not names else [])


def _assigned_calls(tree: FileTree, names: set[str]) -> list[ast.Call]:
    """Return the calls whose coroutine a name on the reported lines got, in the last assignment before them."""
    read = {node.id for node in tree.here(ast.Name)}
    last = max((node.lineno for node in tree.here(ast.Name)), default=0)
    found = [
        node
        for node in tree.all(ast.Assign)
        if node.lineno < last and any(isinstance(goal, ast.Name) and goal.id in read for goal in node.targets)
    ]
    values = [node.value for node in sorted(found, key=lambda node: -node.lineno)]
    return _calls(tree, [value for value in values if isinstance(value, ast.Call)], names)


def _runs(call: ast.Call) -> bool:
    """Return whether a call takes coroutines: `asyncio.run`, `gather`, `create_task`."""
    return _name(call) in {"run", "gather", "create_task", "wait_for", "wait", "run_until_complete", "ensure_future"}


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _awaited(context: Context, tree: FileTree, call: ast.Call) -> Iterator[Candidate]:
    """Yield the candidate that awaits a call, or runs it outside of async functions."""
    span, source = tree.span(call), tree.source(call)
    around = _function_around(tree, call)
    if isinstance(around, ast.AsyncFunctionDef):
        follows = tree.text[span.end : span.end + 1]
        before, after = ("(await ", ")") if follows and follows in ".[(" else ("await ", "")
        yield Candidate(tree.around(call, before, after), f"Await it: `{beginning(f'await {source}')}`")
        return
    edits = [*tree.around(call, "asyncio.run(", ")")]
    block = import_block(tree.text)
    if "asyncio" not in block.modules:
        edits.insert(0, Edit(Span(block.place, block.place), f"{block.before}import asyncio{block.after}"))
    shown = beginning(f"asyncio.run({source})")
    yield Candidate(tuple(edits), f"Run it: `{shown}`", safety="needs-a-look")


def _function_around(tree: FileTree, node: ast.AST) -> Function | None:
    """Return the innermost function around a node; None if there is none."""
    place = tree.span(node)
    around = [
        function
        for function in functions_in(tree)
        if tree.span(function).start < place.start and place.end <= tree.span(function).end
    ]
    return max(around, key=lambda function: tree.span(function).start, default=None)


def _called(tree: FileTree) -> Iterator[Candidate]:
    """Yield the candidate that calls an awaited function."""
    for node in tree.here(ast.Await):
        if isinstance(node.value, ast.Name | ast.Attribute):
            shown = f"{tree.source(node.value)}()"
            yield Candidate(tree.around(node.value, "", "()"), f"Call it: `{shown}`")
            return
