"""Write `__init__` for a method that was meant to be it: `def _init_(self, name):` becomes
`def __init__(self, name):`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, Function, file_tree_of, functions_in
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(r"(?:.*[.>])?(?P<a>\w+)\(\) takes no arguments|'(?P<b>\w+)' object has no attribute '(?P<name>\w+)'")
_NAMES = frozenset({"constructor", "construct", "initialize", "initialise", "initializer", "initial", "new"})


@fixer(
    handles=RUN,
    errors=("TypeError", "AttributeError"),
    examples=[
        Example(
            "class Cat:\n    def _init_(self, name):\n        self.name = name\n\n\n$0Cat('tom')\n",
            "class Cat:\n    def __init__(self, name):\n        self.name = name\n\n\nCat('tom')\n",
            ("", "TypeError", "TypeError: Cat() takes no arguments"),
        ),
        Example(
            "class Cat:\n    def __int__(self):\n        self.name = ''\n\n\n$0print(Cat().name)\n",
            "class Cat:\n    def __init__(self):\n        self.name = ''\n\n\nprint(Cat().name)\n",
            ("", "AttributeError", "AttributeError: 'Cat' object has no attribute 'name'"),
        ),
    ],
)
def rename_constructor(context: Context) -> Iterator[Candidate]:
    told = _TOLD.match(context.problem.message)
    if not told:
        return
    tree, name, attribute = file_tree_of(context), told["a"] or told["b"], told["name"]
    for owner in tree.all(ast.ClassDef):
        methods = functions_in(owner)
        if owner.name != name or any(method.name in ("__init__", "__new__") for method in methods):
            continue
        meant = [method for method in methods if _is_meant(method, name)]
        if len(meant) == 1 and (not attribute or _sets(meant[0], attribute)):
            yield _renamed(tree, meant[0])


def _is_meant(method: Function, owner: str) -> bool:
    """Return whether a method takes `self`, and is called almost `__init__`, like constructors of other languages, or
    like its class."""
    takes_self = bool(method.args.args) and method.args.args[0].arg == "self"
    word = method.name.strip("_").lower()
    is_near = OSA.distance(word, "init") <= 1 and word[:1] in "in"
    return takes_self and (is_near or word in _NAMES or method.name == owner)


def _sets(method: Function, attribute: str) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Store)
        for node in ast.walk(method)
    )


def _renamed(tree: FileTree, method: Function) -> Candidate:
    start = tree.text.index(method.name, tree.span(method).start + len("def"))
    edit = Edit(Span(start, start + len(method.name)), "__init__")
    return Candidate((edit,), f"Replace `{method.name}` with `__init__`")
