"""Add the parameter `self` to a method that was called with one more argument than it takes: `def greet():` becomes
`def greet(self):`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, Function, file_tree_of, functions_in
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(
    r"(?:.*?(?P<owner>\w+)\.)?(?P<name>\w+)\(\) takes (?:from \d+ to )?(?P<most>\d+) positional arguments? but "
    r"(?P<given>\d+) "
)
_FIRST = frozenset({"self", "cls", "mcs", "klass", "this", "_"})


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "class Robot:\n    def greet():\n        print('hi')\n\n\n$0Robot().greet()\n",
            "class Robot:\n    def greet(self):\n        print('hi')\n\n\nRobot().greet()\n",
            ("", "TypeError", "TypeError: Robot.greet() takes 0 positional arguments but 1 was given"),
        ),
        Example(
            "class Robot:\n    def greet(name):\n        print(name)\n\n\n$0Robot().greet('bo')\n",
            "class Robot:\n    def greet(self, name):\n        print(name)\n\n\nRobot().greet('bo')\n",
            ("", "TypeError", "TypeError: Robot.greet() takes 1 positional argument but 2 were given"),
        ),
        Example(
            "class Robot:\n    def greet(name):\n        print(name)\n\n\n$0Robot().greet('bo')\n",
            "class Robot:\n    @staticmethod\n    def greet(name):\n        print(name)\n\n\nRobot().greet('bo')\n",
            ("", "TypeError", "TypeError: Robot.greet() takes 1 positional argument but 2 were given"),
        ),
    ],
)
def take_self(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Add the parameter `self` to `greet`" and "Make `greet` a `@staticmethod`"."""
    told = _TOLD.match(context.problem.message)
    if not told or int(told["given"]) != int(told["most"]) + 1:
        return
    tree = file_tree_of(context)
    for owner in tree.near(ast.ClassDef):
        if told["owner"] not in (None, owner.name):
            continue
        for method in functions_in(owner):
            if method.name == told["name"] and _lacks_self(method, int(told["most"])):
                yield from _mended(tree, method)
                return


def _lacks_self(method: Function, count: int) -> bool:
    arguments = method.args
    positional = [*arguments.posonlyargs, *arguments.args]
    decorators = {getattr(node, "id", getattr(node, "attr", "")) for node in method.decorator_list}
    if len(positional) != count or arguments.vararg or "staticmethod" in decorators:
        return False
    return not positional or positional[0].arg not in _FIRST


def _mended(tree: FileTree, method: Function) -> Iterator[Candidate]:
    is_class_method = any(getattr(node, "id", "") == "classmethod" for node in method.decorator_list)
    word = "cls" if is_class_method else "self"
    opener = tree.text.index("(", tree.span(method).start) + 1
    arguments = method.args
    has_more = bool(arguments.posonlyargs or arguments.args or arguments.kwonlyargs or arguments.kwarg)
    edit = Edit(Span(opener, opener), f"{word}, " if has_more else word)
    yield Candidate((edit,), f"Add the parameter `{word}` to `{method.name}`")
    reads_self = any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(method))
    if not reads_self and not method.decorator_list and method.name != "__init__":
        start = tree.span(method).start
        margin = tree.text[tree.text.rfind("\n", 0, start) + 1 : start]
        title = f"Make `{method.name}` static with `@staticmethod`"
        yield Candidate((Edit(Span(start, start), f"@staticmethod\n{margin}"),), title)
