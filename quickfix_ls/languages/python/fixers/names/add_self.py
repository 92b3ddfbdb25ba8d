"""Qualify a class member with `self`, or add the parameter `self` to a method that uses it."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import replace_at
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of
from quickfix_ls.languages.python.names.class_units import class_units
from quickfix_ls.values import Candidate

_INSTANCE_NAMES = ("self", "cls")


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
            "class A:\n    def f(self):\n        self.n = 1\n\n    def g(self):\n        return n\n\n"
            "    def h(self):\n        return n + n\n",
            "class A:\n    def f(self):\n        self.n = 1\n\n    def g(self):\n        return self.n\n\n"
            "    def h(self):\n        return self.n + self.n\n",
        ),
        Example(
            "class A:\n    def f(x):\n        return self.y\n",
            "class A:\n    def f(self, x):\n        return self.y\n",
        ),
    ],
    leaves=["class A:\n    def f(self):\n        return n\n", "def f():\n    return self.n\n"],
)
def add_self(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `count` with `self.count`" or "Add the parameter `self`"."""
    name = context.problem.name
    if name in _INSTANCE_NAMES:
        yield from _add_parameter(context, name)
        return
    if not any(visible.origin == "member" and visible.name == name for visible in visible_of(context)):
        return
    first, last = class_units(context.index, place_of(context).unit)
    for instance in _INSTANCE_NAMES:
        if not _has_instance(place_of(context), instance):
            continue

        def fits(place: NamePlace, instance: str = instance) -> bool:
            return first <= place.unit <= last and _has_instance(place, instance)

        yield from replace_at(context, f"{instance}.{name}", fits)


def _has_instance(place: NamePlace, instance: str) -> bool:
    """Return whether the code at a place can read the instance (or the class) of the method around it."""
    local = place.locals.get(instance)
    return local is not None and local.by == "parameter"


def _add_parameter(context: Context, name: str) -> Iterator[Candidate]:
    """Add the parameter to the enclosing method: the outermost function of a class's region, or a function after a
    `class` in the region."""
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
