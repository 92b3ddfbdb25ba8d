"""Call a method on a new instance instead of the class: `Robot.greet()` becomes `Robot().greet()`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of, functions_in
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_TOLD = re.compile(r"(?:.*?(?P<owner>\w+)\.)?(?P<name>\w+)\(\) missing 1 required positional argument: '\w+'")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "class Robot:\n    def greet(self):\n        print('hi')\n\n\n$0Robot.greet()\n",
            "class Robot:\n    def greet(self):\n        print('hi')\n\n\nRobot().greet()\n",
            ("", "TypeError", "TypeError: Robot.greet() missing 1 required positional argument: 'self'"),
        ),
    ],
)
def call_on_instance(context: Context) -> Iterator[Candidate]:
    told = _TOLD.match(context.problem.message)
    if not told:
        return
    tree = file_tree_of(context)
    classes = {node.name: node for node in tree.all(ast.ClassDef) if _takes_nothing(node)}
    for call in tree.here(ast.Call):
        method = call.func
        if not isinstance(method, ast.Attribute) or method.attr != told["name"]:
            continue
        if not isinstance(method.value, ast.Name) or method.value.id not in classes:
            continue
        owner = classes[method.value.id]
        plain = [function for function in functions_in(owner) if not function.decorator_list and function.args.args]
        if any(function.name == method.attr and function.args.args[0].arg == "self" for function in plain):
            title = f"Call it on an instance: `{owner.name}().{method.attr}`"
            yield Candidate(tree.around(method.value, "", "()"), title)


def _takes_nothing(node: ast.ClassDef) -> bool:
    """Return whether a class without bases can be called without arguments."""
    makers = [method.args for method in functions_in(node) if method.name == "__init__"]
    return not node.bases and all(len(made.args) - len(made.defaults) <= 1 for made in makers)
