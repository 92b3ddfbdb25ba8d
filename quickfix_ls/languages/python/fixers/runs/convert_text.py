"""Make text of a value that is added to a string: `"age " + age` becomes `"age " + str(age)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.operands import operands_of, sums_here
from quickfix_ls.languages.python.fixers.value_types import type_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_BEHIND = re.compile(r'can only concatenate str \(not "(?P<kind>[\w.]+)"\) to str')
_AHEAD = re.compile(r"unsupported operand type\(s\) for \+: '(?:int|float|complex|bool)' and 'str'")
_UNFIT = frozenset({"NoneType", "coroutine", "function", "method", "builtin_function_or_method", "module", "type"})
_RAISED = ("", "TypeError", 'TypeError: can only concatenate str (not "int") to str')
_MAX_SINGLE = 3


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("age = 3\n$0print('age ' + age + '.')\n", "age = 3\nprint('age ' + str(age) + '.')\n", _RAISED),
        Example(
            "def f(name, n=3):\n    k = 2\n    $0return name + ': ' + k\n",
            "def f(name, n=3):\n    k = 2\n    return name + ': ' + str(k)\n",
            _RAISED,
        ),
        Example("text = ''\nn = 1\n$0text += n\n", "text = ''\nn = 1\ntext += str(n)\n", _RAISED),
        Example(
            "a, b = 1, 2\n$0print(a + b + ' apples')\n",
            "a, b = 1, 2\nprint(str(a + b) + ' apples')\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'int' and 'str'"),
        ),
    ],
)
def convert_text(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    if (told := _BEHIND.match(message)) and told["kind"] not in _UNFIT:
        yield from _behind_text(tree, told["kind"])
    elif _AHEAD.match(message):
        yield from _before_text(tree)


def _behind_text(tree: FileTree, kind: str) -> Iterator[Candidate]:
    """Yield candidates for sums that begin with text, and one of whose other operands is of the reported type."""
    for addition in sums_here(tree):
        others = [node for node in operands_of(addition)[1:] if type_of(tree, node) not in ("str", "")]
        unknown = [node for node in operands_of(addition)[1:] if type_of(tree, node) == ""]
        wrong = others or unknown
        if len(wrong) > 1:
            yield _converted(tree, wrong, kind)
        for node in wrong[:_MAX_SINGLE]:
            yield _converted(tree, [node], kind)
    for augmented in tree.here(ast.AugAssign):
        if isinstance(augmented.op, ast.Add) and type_of(tree, augmented.value) != "str":
            yield _converted(tree, [augmented.value], kind)


def _before_text(tree: FileTree) -> Iterator[Candidate]:
    """Yield the candidate for a sum of numbers before text: the numbers are added up first."""
    for addition in sums_here(tree):
        operands = operands_of(addition)
        first = next((index for index, node in enumerate(operands) if type_of(tree, node) == "str"), 0)
        if first:
            start, end = tree.span(operands[0]).start, tree.span(operands[first - 1]).end
            new = f"str({tree.text[start:end]})"
            yield Candidate((Edit(Span(start, end), new),), f"Make text of it: `{beginning(new)}`")


def _converted(tree: FileTree, nodes: Sequence[ast.expr], kind: str) -> Candidate:
    before, after = ("", ".decode()") if kind == "bytes" else ("str(", ")")
    shown = ", ".join(f"`{beginning(f'{before}{tree.source(node)}{after}')}`" for node in nodes)
    edits = [edit for node in nodes for edit in tree.around(node, before, after)]
    return Candidate(tuple(edits), f"Make text of it: {shown}")
