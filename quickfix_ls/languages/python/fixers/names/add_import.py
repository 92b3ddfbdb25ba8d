"""Import the module, or the name of a module, that an undefined name most likely stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import fits, owners
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of, importables_of
from quickfix_ls.languages.python.import_names import extension
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.values import Candidate, Edit, Span

_CHANGES = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "|=", "&="})


@fixer(
    handles="name",
    examples=[
        Example("print(math.pi)\n", "import math\n\nprint(math.pi)\n"),
        Example("import os\n\nx = np.zeros(3)\n", "import os\nimport numpy as np\n\nx = np.zeros(3)\n"),
        Example('"""Doc."""\n\nd = deque()\n', '"""Doc."""\n\nfrom collections import deque\n\nd = deque()\n'),
        Example("from math import pi\nprint(sqrt(pi))\n", "from math import pi, sqrt\nprint(sqrt(pi))\n"),
        Example(
            "from os import path, remove\nmakedirs('a')\n", "from os import makedirs, path, remove\nmakedirs('a')\n"
        ),
        Example("t = datetime.now()\n", "from datetime import datetime\n\nt = datetime.now()\n"),
    ],
    leaves=["math += 1\n"],
)
def add_import(context: Context) -> Iterator[Candidate]:
    """``Import `sqrt` from `math` ``, ``Import `numpy` as `np` ``"""
    name = context.problem.name
    if not name:
        return
    found = [one for one in importable_of(context) if fits(context, one)]
    if not found or _is_changed(context):
        return
    text = context.snapshot.text
    block = import_block(text)
    ranked = _by_use(context, importables_of(context), found)
    extended = {one: edit for one in ranked if (edit := extension(text, block, one.module, one.member))}
    if not extended and owners(context):
        # What a module of the file has is written behind that module's name.
        ranked = [one for one in ranked if not one.member and one.module in sys.stdlib_module_names]
    for one in extended or ranked:
        line = Edit(Span(block.place, block.place), block.before + one.statement + block.after)
        yield Candidate((extended.get(one, line),), _title(one))


def _is_changed(context: Context) -> bool:
    """Whether the name is counted up or filled where it is read, which is done with values of one's own."""
    index = token_at(context)
    return index is not None and index + 1 < len(context.tokens) and context.tokens[index + 1].text in _CHANGES


def _title(one: Importable) -> str:
    if one.member:
        return f"Import `{one.member}` from `{one.module}`"
    return f"Import `{one.module}`" if one.module == one.name else f"Import `{one.module}` as `{one.name}`"


def _by_use(context: Context, importables: Importables, found: list[Importable]) -> list[Importable]:
    """The most common way first, but one that fits the use before others: modules can't be called, and
    `datetime.now` is not in the module `datetime`."""
    index = token_at(context)
    if index is None or index + 1 >= len(context.tokens):
        return found
    following = context.tokens[index + 1].text
    if following == "(":
        return sorted(found, key=lambda one: not one.member)
    if following == "." and index + 2 < len(context.tokens):
        holders = importables.modules_with(context.tokens[index + 2].text)
        return sorted(found, key=lambda one: bool(one.member) if one.module in holders else not one.member)
    return found
