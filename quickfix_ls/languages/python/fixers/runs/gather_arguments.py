"""Put several arguments into one list or tuple for a function that takes one: `sum(1, 2, 3)` becomes
`sum([1, 2, 3])`, and `np.zeros(3, 4)` becomes `np.zeros((3, 4))`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_ONE = re.compile(
    r"(?:\w+\.)*(?P<name>\w+)(?:\(\))? (?:takes exactly one argument|takes at most \d arguments?|"
    r"expected at most 1 argument|(?<=array\(\) )takes from 1 to 2 positional arguments)"
)
_SHAPE = re.compile(r"Cannot interpret '.+' as a data type")
_LISTS = frozenset({"sum", "any", "all", "list", "set", "tuple", "frozenset", "join", "array", "sorted", "extend"})
_SUMS = frozenset({"sum", "any", "all", "list", "set", "tuple", "sorted"})
_SHAPED = frozenset({"zeros", "ones", "empty"})
_TUPLES = _SHAPED | {"append", "add"}


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0print(sum(1, 2, 3))\n",
            "print(sum([1, 2, 3]))\n",
            ("", "TypeError", "TypeError: sum() takes at most 2 arguments (3 given)"),
        ),
        Example(
            "$0a = np.zeros(3, 4)\n",
            "a = np.zeros((3, 4))\n",
            ("", "TypeError", "TypeError: Cannot interpret '4' as a data type"),
        ),
        Example(
            "$0rows.append(a, b)\n",
            "rows.append((a, b))\n",
            ("", "TypeError", "TypeError: list.append() takes exactly one argument (2 given)"),
        ),
        Example(
            "$0ok = isinstance(x, [int, str])\n",
            "ok = isinstance(x, (int, str))\n",
            ("", "TypeError", "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"),
        ),
    ],
)
def gather_arguments(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    if message.startswith("isinstance() arg 2"):
        yield from _types(tree)
        return
    names = _names(message)
    for call in tree.here(ast.Call):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        is_plain = not call.keywords and not any(isinstance(node, ast.Starred) for node in call.args)
        if name not in names or not is_plain or len(call.args) < 2:
            continue
        brackets = "()" if name in _TUPLES else "[]" if name in _LISTS else ""
        if brackets:
            start, end = tree.span(call.args[0]).start, tree.span(call.args[-1]).end
            new = f"{brackets[0]}{beginning(tree.text[start:end])}{brackets[1]}"
            edits = (Edit(Span(start, start), brackets[0]), Edit(Span(end, end), brackets[1]))
            yield Candidate(edits, f"Put the arguments into brackets: `{new}`")


def _names(message: str) -> frozenset[str]:
    """Return the names of the functions that a message may be about."""
    if message.endswith("object is not iterable"):
        return _SUMS
    if _SHAPE.match(message):
        return _SHAPED
    told = _ONE.match(message)
    return frozenset({told["name"]}) if told else frozenset()


def _types(tree: FileTree) -> Iterator[Candidate]:
    """Yield the candidate that makes a tuple of the list or set of types of an `isinstance()`."""
    for call in tree.here(ast.Call):
        if getattr(call.func, "id", "") == "isinstance" and len(call.args) == 2:
            given = call.args[1]
            if isinstance(given, (ast.List, ast.Set)):
                inner = ", ".join(tree.source(node) for node in given.elts)
                new = f"({inner},)" if len(given.elts) == 1 else f"({inner})"
                yield Candidate((Edit(tree.span(given), new),), f"Replace `{tree.source(given)}` with `{new}`")
