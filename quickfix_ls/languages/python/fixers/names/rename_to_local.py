"""Replace an undefined name with a local or imported name that is written differently and used in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.facts import names_in
from quickfix_ls.languages.python.fixers.name_changes import replace_uses
from quickfix_ls.languages.python.fixers.name_context import imported_of, visible_of
from quickfix_ls.languages.python.fixers.name_fits import fit_of, is_improbable, is_known_import, readers_of
from quickfix_ls.languages.python.fixers.name_places import place_of
from quickfix_ls.languages.python.names.foreign_constants import FOREIGN_CONSTANTS
from quickfix_ls.languages.python.names.instances import is_misspelt_instance
from quickfix_ls.languages.python.names.usage import usages
from quickfix_ls.languages.python.names.visible import VisibleName
from quickfix_ls.values import Candidate

_MAX_LOCALS, _MAX_OTHERS = 8, 6
_RARELY_MEANT = frozenset({"self", "cls", "args", "kwargs"})
_INSTANCES = frozenset({"self", "cls"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@fixer(
    handles="name",
    examples=[
        Example("def f(date):\n    return birth > 3\n", "def f(date):\n    return date > 3\n"),
        Example(
            "class A:\n    def f(self, a, b, c, d, e, g, h, i):\n        self.size = a\n        return task.size\n",
            "class A:\n    def f(self, a, b, c, d, e, g, h, i):\n        self.size = a\n        return self.size\n",
        ),
        Example(
            "def f(rows):\n    first = rows[0]\n    return entry.strip()\n",
            "def f(rows):\n    first = rows[0]\n    return first.strip()\n",
        ),
        Example(
            "import tensor\n\na = tensor.scalar()\nb = T.scalar()\n",
            "import tensor\n\na = tensor.scalar()\nb = tensor.scalar()\n",
        ),
        Example(
            "def tree_indent(node):\n    return [indent(child) for child in node]\n",
            "def tree_indent(node):\n    return [tree_indent(child) for child in node]\n",
        ),
    ],
    leaves=[
        "def f(net):\n    return net + tax(net)\n",
        "def f(n):\n    return1\n",
        "def f(times):\n    time.sleep(times)\n",
        "print(width)\n",
        "def f():\n    for item in entries:\n        print(item)\n",
    ],
)
def rename_to_local(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `entry` with `first`"."""
    name = context.problem.name
    if not name or name in FOREIGN_CONSTANTS or place_of(context).usage is None:
        return
    names = _aliases(context) if is_known_import(context) else [*_locals(context), *_others(context)]
    for other in names:
        yield from replace_uses(context, other)


def _locals(context: Context) -> list[str]:
    """Return the locals that fit, the likeliest first: `self` where the class has the attribute that the code reads,
    those with a common word, unread ones, the nearest ones."""
    wrong = _words(context.problem.name)
    usage = place_of(context).usage
    members = {visible.name for visible in visible_of(context) if visible.origin == "member"}
    is_own = usage is not None and usage.attribute in members

    def order(visible: VisibleName) -> tuple[bool, bool, bool, bool, int, int, str]:
        shares = bool(wrong & _words(visible.name))
        is_rare = visible.name in _RARELY_MEANT
        is_instance = is_own and visible.name in _INSTANCES
        return not is_instance, is_rare, not shares, not visible.unread, visible.distance, -visible.count, visible.name

    found = [visible for visible in visible_of(context) if visible.origin == "local" and visible.name != "_"]
    if context.problem.name in _INSTANCES:
        found = [visible for visible in found if not is_misspelt_instance(visible.name)]
    found = [visible for visible in found if fit_of(context, visible.name) >= 0]
    found = [visible for visible in found if not is_improbable(context, visible.name)]
    return [visible.name for visible in sorted(found, key=order)[:_MAX_LOCALS]]


def _others(context: Context) -> list[str]:
    """Return the names of the module that share a word with the undefined name, or of which the file reads the same
    attribute; and the function around the problem where the undefined name is called."""
    place = place_of(context)
    usage = place.usage
    assert usage is not None
    bound = names_in(context.index).bound
    found: dict[str, int] = dict.fromkeys(_aliases(context), -1)
    if usage.attribute:
        for name in readers_of(context.snapshot.text, usage.attribute):
            if bound[name] and name not in place.locals:
                found[name] = 0
    wrong = {word for word in _words(context.problem.name) if len(word) > 2}
    if wrong:
        for name in bound:
            shared = wrong & _words(name)
            if shared:
                found.setdefault(name, 1 + len(wrong) - len(shared))
    if usage.done in ("call", "read"):
        region = context.index.region(place.unit)
        for other in usages(region.text, region.prefix, region.suffix):
            if (
                other.done == "call"
                and usage.done == "call"
                and bound[other.name]
                and other.arguments == usage.arguments
            ):
                found.setdefault(other.name, 3)
    fitting = [name for name in sorted(found, key=lambda name: (found[name], name)) if name != context.problem.name]
    return [name for name in fitting if fit_of(context, name) >= 0 and not is_improbable(context, name)][:_MAX_OTHERS]


def _aliases(context: Context) -> list[str]:
    """Return the names under which the file imports what the undefined name is called: `np` for `numpy`."""
    place = place_of(context)
    return [
        name
        for name, module in imported_of(context).items()
        if name not in place.locals and module.rpartition(".")[2] == context.problem.name
    ]


def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORDS.findall(name))
