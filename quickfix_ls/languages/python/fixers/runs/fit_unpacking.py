"""Give an unpacking as many values as it has names: the items of a dictionary, numbered elements, a limited split."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of, functions_in
from quickfix_ls.languages.python.fixers.value_types import type_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(r"(?P<many>too many|not enough) values to unpack \(expected (?P<count>\d+)")
_NUMBERS = re.compile(r"(?:i|j|n|idx|index|number|num|count|counter|pos|position|line_?no|row_?no)\Z")
_RAISED = ("", "ValueError", "ValueError: too many values to unpack (expected 2)")


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example(
            "ages = {'Ana': 3}\n$0for name, age in ages:\n    print(name)\n",
            "ages = {'Ana': 3}\nfor name, age in ages.items():\n    print(name)\n",
            _RAISED,
        ),
        Example(
            "$0for i, name in names:\n    print(i, name)\n",
            "for i, name in enumerate(names):\n    print(i, name)\n",
            _RAISED,
        ),
        Example("$0key, value = line.split('=')\n", "key, value = line.split('=', 1)\n", _RAISED),
        Example(
            "def f(xs):\n    return min(xs), max(xs), 3\n\n$0low, high = f([1])\n",
            "def f(xs):\n    return min(xs), max(xs), 3\n\nlow, high, _ = f([1])\n",
            _RAISED,
        ),
    ],
)
def fit_unpacking(context: Context) -> Iterator[Candidate]:
    told, tree = _TOLD.match(context.problem.message), file_tree_of(context)
    if told is None:
        return
    count = int(told["count"])
    types = {known.name: known.type_name for known in context.problem.facts.known}
    loops: list[ast.For | ast.comprehension] = [*tree.here(ast.For)]
    for node in tree.here(ast.expr):
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            loops += node.generators
    for loop in loops:
        if isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == count == 2:
            kind = types.get(tree.source(loop.iter)) or type_of(tree, loop.iter)
            yield from _pairs(tree, loop.target, loop.iter, kind)
    if told["many"] == "too many":
        for assignment in tree.here(ast.Assign):
            target = assignment.targets[0]
            if isinstance(target, ast.Tuple) and len(target.elts) == count and isinstance(assignment.value, ast.Call):
                yield from _fewer(tree, target, assignment.value)


def _pairs(tree: FileTree, target: ast.Tuple, source: ast.expr, kind: str) -> Iterator[Candidate]:
    if kind in ("dict", "collections.defaultdict", "collections.OrderedDict", "collections.Counter"):
        new = f"{tree.source(source)}.items()"
        yield Candidate(tree.around(source, "", ".items()"), f"Go through the items: `{beginning(new)}`")
    elif _NUMBERS.match(getattr(target.elts[0], "id", "")):
        new = f"enumerate({tree.source(source)})"
        yield Candidate(tree.around(source, "enumerate(", ")"), f"Number the elements: `{beginning(new)}`")


def _fewer(tree: FileTree, target: ast.Tuple, call: ast.Call) -> Iterator[Candidate]:
    """Yield a limit of a split, or more names for all values that a function of the file returns."""
    count = len(target.elts)
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("split", "rsplit") and len(call.args) < 2:
        end = tree.span(call).end - 1
        added = f", {count - 1}" if call.args else f"maxsplit={count - 1}"
        title = f"Split at most {'once' if count == 2 else f'{count - 1} times'}"
        yield Candidate((Edit(Span(end, end), added),), title, safety="needs-a-look")
    returned = [
        len(node.value.elts)
        for function in functions_in(tree)
        if function.name == getattr(call.func, "id", getattr(call.func, "attr", ""))
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
    ]
    if returned and len({*returned}) == 1 and returned[0] > count:
        end = tree.span(target.elts[-1]).end
        added = ", _" * (returned[0] - count)
        yield Candidate(
            (Edit(Span(end, end), added),), f"Unpack all {returned[0]} values: `{added}`", safety="needs-a-look"
        )
