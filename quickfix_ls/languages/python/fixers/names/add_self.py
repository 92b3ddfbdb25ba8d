"""Reach a member of the class through `self`, or give the method the `self` that it uses."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import replace_reads
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.values import Candidate

_INSTANCES = ("self", "cls")


@fixer(
    handles="name",
    examples=[
        Example(
            "class A:\n    def f(self):\n        self.n = 1\n\n    def g(self):\n        return n\n",
            "class A:\n    def f(self):\n        self.n = 1\n\n    def g(self):\n        return self.n\n",
        ),
        Example(
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return f()\n",
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return self.f()\n",
        ),
        Example(
            "class A:\n    def f(x):\n        return self.y\n",
            "class A:\n    def f(self, x):\n        return self.y\n",
        ),
    ],
    leaves=["class A:\n    def f(self):\n        return n\n", "def f():\n    return self.n\n"],
)
def add_self(context: Context) -> Iterator[Candidate]:
    """``Replace `count` with `self.count` ``"""
    name = context.problem.name
    if name in _INSTANCES:
        yield from _add_parameter(context, name)
        return
    if not any(one.origin == "member" and one.name == name for one in visible_of(context)):
        return
    for one in visible_of(context):
        if one.origin == "local" and one.name in _INSTANCES:
            yield from replace_reads(context, f"{one.name}.{name}")


def _add_parameter(context: Context, name: str) -> Iterator[Candidate]:
    """Only for a method: the outermost function of a class's unit, or one behind a `class` in the region."""
    tokens = context.tokens
    for index in range(min(context.at, len(tokens) - 3), -1, -1):
        if tokens[index].text != "def" or tokens[index + 2].text != "(":
            continue
        in_class = bool(context.region.prefix) or any(token.text == "class" for token in tokens[:index])
        nested = any(token.text == "def" for token in tokens[:index]) and context.region.prefix
        if in_class and not nested:
            after = tokens[index + 2].end
            follows = tokens[index + 3].text if index + 3 < len(tokens) else ")"
            yield Candidate(
                (context.edit(after, after, name if follows == ")" else f"{name}, "),),
                f"Add the parameter `{name}`",
            )
            return
