"""Import the module or module member that an undefined name most likely refers to."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_ways import import_title, import_ways
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.values import Candidate

_AUGMENTED_ASSIGNMENTS = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "|=", "&="})


@fixer(
    handles="name",
    examples=[
        Example("from math import pi\nprint(sqrt(pi))\n", "from math import pi, sqrt\nprint(sqrt(pi))\n"),
        Example("print(search('a'))\n", "from re import search\n\nprint(search('a'))\n"),
        Example(
            "from shop import Cart\nprint(Order(Cart()))\n", "from shop import Cart, Order\nprint(Order(Cart()))\n"
        ),
        Example("t = datetime.now()\n", "from datetime import datetime\n\nt = datetime.now()\n"),
        Example("inspect.getargspec(print)\n", "import inspect\n\ninspect.getargspec(print)\n"),
    ],
    leaves=["math += 1\n"],
)
def add_import(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Import `sqrt` from `math`" or "Import `numpy` as `np`"."""
    name = context.problem.name
    if not name:
        return
    if _is_augmented(context):
        return
    for way, edit in import_ways(context):
        yield Candidate((edit,), import_title(way))


def _is_augmented(context: Context) -> bool:
    """Return whether an augmented assignment changes the name, which suggests a variable rather than an import."""
    index = token_at(context)
    return (
        index is not None
        and index + 1 < len(context.tokens)
        and context.tokens[index + 1].text in _AUGMENTED_ASSIGNMENTS
    )
