"""Call a function with parentheses, and index a value with brackets, where a run showed that it was the reverse:
`len[rows]` becomes `len(rows)`, and `rows(0)` becomes `rows[0]`."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from functools import cache

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of, functions_in
from quickfix_ls.languages.python.fixers.value_types import type_of, values_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_INDEXED = frozenset({"list", "dict", "tuple", "str"})
_NUMBERS = frozenset({"int", "float", "complex"})
_WITHOUT_ARGUMENT = frozenset(
    ["split", "splitlines", "strip", "lstrip", "rstrip", "lower", "upper", "title", "keys", "values", "items", "copy",
     "readlines", "readline", "read", "capitalize", "swapcase"]
)  # fmt: skip
_INDEXERS = frozenset({"loc", "iloc", "at", "iat"})


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0n = len[rows]\n",
            "n = len(rows)\n",
            ("", "TypeError", "TypeError: 'builtin_function_or_method' object is not subscriptable"),
        ),
        Example(
            "d = {'a': 1}\n$0print(d.get['a'])\n",
            "d = {'a': 1}\nprint(d.get('a'))\n",
            ("", "TypeError", "'builtin_function_or_method' object is not subscriptable"),
        ),
        Example(
            "text = 'a b'\n$0print(text.split[0])\n",
            "text = 'a b'\nprint(text.split()[0])\n",
            ("", "TypeError", "'builtin_function_or_method' object is not subscriptable"),
        ),
        Example(
            "n = 2\n$0print(n(1 + 1))\n",
            "n = 2\nprint(n * (1 + 1))\n",
            ("", "TypeError", "TypeError: 'int' object is not callable"),
        ),
        Example(
            "rows = [1, 2]\n$0print(rows(0))\n",
            "rows = [1, 2]\nprint(rows[0])\n",
            ("", "TypeError", "TypeError: 'list' object is not callable"),
        ),
    ],
)
def call_by_brackets(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    if message.endswith("not subscriptable"):
        is_method = "function'" not in message
        for node in tree.here(ast.Subscript):
            if _is_function(tree, node.value, is_method=is_method) and _may_be_it(node.value, message):
                if getattr(node.value, "attr", "") in _WITHOUT_ARGUMENT:
                    title = f"Call it: `{tree.source(node.value)}()`"
                    yield Candidate(tree.around(node.value, "", "()"), title)
                else:
                    yield _exchanged(tree, node, node.value, "()")
    elif message.endswith("object is not callable"):
        kind = message.split("'")[1]
        for call in tree.here(ast.Call):
            if len(call.args) != 1 or call.keywords or not _is_value(tree, call.func, kind):
                continue
            if kind in _NUMBERS:
                yield Candidate(tree.around(call.func, "", " * "), f"Add `*` after `{tree.source(call.func)}`")
            else:
                yield _exchanged(tree, call, call.func, "[]")


def _may_be_it(node: ast.expr, message: str) -> bool:
    """Return whether an indexed name can be the type that a message names (`type 'range' is not subscriptable`)."""
    name = getattr(node, "id", "")
    return not message.startswith("type ") or f"'{name}'" in message


def _is_function(tree: FileTree, node: ast.expr, *, is_method: bool) -> bool:
    """Return whether an indexed value is a builtin function, a function of the file, or a method of a known name."""
    if isinstance(node, ast.Attribute):
        methods = {function.name for function in functions_in(tree)} if is_method else _methods()
        return node.attr in (methods | _methods())
    if not isinstance(node, ast.Name):
        return False
    if node.id in {function.name for function in functions_in(tree)}:
        return True
    return callable(getattr(builtins, node.id, None)) and not values_of(tree, node.id)


def _is_value(tree: FileTree, node: ast.expr, kind: str) -> bool:
    """Return whether a called value is a name that is bound to values of the reported type, and hides no builtin."""
    if isinstance(node, ast.Attribute):
        return node.attr in _INDEXERS
    if not isinstance(node, ast.Name) or hasattr(builtins, node.id):
        return False
    known = type_of(tree, node)
    return known == kind or (not known and kind in (*_INDEXED, "DataFrame", "Series", "ndarray"))


def _exchanged(tree: FileTree, node: ast.expr, owner: ast.expr, brackets: str) -> Candidate:
    """Return the candidate that writes other brackets behind the owner."""
    opener = tree.text.index("[" if brackets == "()" else "(", tree.span(owner).end)
    end = tree.span(node).end
    edits = (Edit(Span(opener, opener + 1), brackets[0]), Edit(Span(end - 1, end), brackets[1]))
    inner = beginning(tree.text[opener + 1 : end - 1])
    verb = "Call" if brackets == "()" else "Index"
    return Candidate(edits, f"{verb} `{tree.source(owner)}` with `{brackets[0]}{inner}{brackets[1]}`")


@cache
def _methods() -> frozenset[str]:
    return frozenset(name for kind in (str, list, dict, set, tuple, bytes) for name in dir(kind) if name[0] != "_")
