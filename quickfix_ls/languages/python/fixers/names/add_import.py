"""Import the module or module member that an undefined name most likely refers to."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import fits, owning_modules
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of, importables_of
from quickfix_ls.languages.python.import_names import extension
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.values import Candidate, Edit, Span

_AUGMENTED_ASSIGNMENTS = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "|=", "&="})


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
    """Yield candidates titled "Import `sqrt` from `math`" or "Import `numpy` as `np`"."""
    name = context.problem.name
    if not name:
        return
    found = [importable for importable in importable_of(context) if fits(context, importable)]
    if not found or _is_augmented(context):
        return
    text = context.snapshot.text
    block = import_block(text)
    ranked = _by_use(context, importables_of(context), found)
    extended = {way: edit for way in ranked if (edit := extension(text, block, way.module, way.member))}
    if not extended and owning_modules(context):
        # Members of a module that the file imports are qualified with the module instead of imported.
        ranked = [way for way in ranked if not way.member and way.module in sys.stdlib_module_names]
    for way in extended or ranked:
        line = Edit(Span(block.place, block.place), block.before + way.statement + block.after)
        yield Candidate((extended.get(way, line),), _title(way))


def _is_augmented(context: Context) -> bool:
    """Return whether an augmented assignment changes the name, which suggests a variable rather than an import."""
    index = token_at(context)
    return (
        index is not None
        and index + 1 < len(context.tokens)
        and context.tokens[index + 1].text in _AUGMENTED_ASSIGNMENTS
    )


def _title(importable: Importable) -> str:
    if importable.member:
        return f"Import `{importable.member}` from `{importable.module}`"
    return (
        f"Import `{importable.module}`"
        if importable.module == importable.name
        else f"Import `{importable.module}` as `{importable.name}`"
    )


def _by_use(context: Context, importables: Importables, found: list[Importable]) -> list[Importable]:
    """Sort importables so that those that match the use come first, otherwise keeping the order by frequency.

    A module cannot be called, and `datetime.now` is not a member of the module `datetime`.
    """
    index = token_at(context)
    if index is None or index + 1 >= len(context.tokens):
        return found
    following = context.tokens[index + 1].text
    if following == "(":
        return sorted(found, key=lambda importable: not importable.member)
    if following == "." and index + 2 < len(context.tokens):
        holders = importables.modules_with(context.tokens[index + 2].text)
        return sorted(
            found,
            key=lambda importable: bool(importable.member) if importable.module in holders else not importable.member,
        )
    return found
