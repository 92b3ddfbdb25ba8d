"""Add the missing parameter `self` to a method: `def f():` becomes `def f(self):`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.values import Candidate

_INSTANCE_NAMES = frozenset({"self", "cls", "mcs"})


@fixer(
    handles=("name", "type"),
    errors=("TypeError",),
    examples=[
        Example(
            "class A:\n    def f():\n        return 1\n\n    def g(self):\n        return self.f()\n",
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return self.f()\n",
        ),
        Example(
            "class A:\n    def $0f(x):\n        return x + 1\n",
            "class A:\n    def f(self, x):\n        return x + 1\n",
            ("pylint", "E0213", "Method 'f' should have \"self\" as first argument"),
        ),
    ],
)
def add_instance(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Add the parameter `self`"."""
    if context.problem.kind == "type":
        yield from _before_others(context)
        return
    index = token_at(context)
    if index is None or index == 0 or context.tokens[index - 1].text != "def":
        return
    if [token.text for token in context.tokens[index + 1 : index + 3]] == ["(", ")"]:
        end = context.tokens[index + 1].end
        yield Candidate((context.edit(end, end, "self"),), "Add the parameter `self`")


def _before_others(context: Context) -> Iterator[Candidate]:
    """Add `self` before a method's other parameters. A method that reads attributes of its first parameter is skipped,
    since that parameter is its `self`."""
    tree = tree_of(context)
    methods = {id(method) for cls in tree.all(ast.ClassDef) for method in cls.body}
    for method in tree.near(ast.FunctionDef):
        if id(method) not in methods or not method.args.args:
            continue
        first = method.args.args[0]
        owners = {
            node.value.id
            for node in ast.walk(method)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        }
        if first.arg not in _INSTANCE_NAMES | owners and tree.span(first).start >= context.offset:
            yield Candidate(tree.around(first, "self, ", ""), "Add the parameter `self`")
            return
