"""Replace an undefined name with a similar name that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_imports import imports_of
from quickfix_ls.languages.python.fixers.import_sources import is_exported_by_used_package
from quickfix_ls.languages.python.fixers.name_changes import is_whole_statement, replace_uses
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.fixers.name_fits import fit_of, is_known_import
from quickfix_ls.languages.python.names.foreign_constants import FOREIGN_CONSTANTS
from quickfix_ls.languages.python.names.instances import INSTANCES, is_misspelt_instance
from quickfix_ls.languages.python.names.visible import VisibleName
from quickfix_ls.values import Candidate, Edit, Span

_MAX_NAMES = 8
_PREFIX_COST = 3.0
"""The cost of a name that shares only a prefix or suffix with the undefined name."""
_ORIGINS = {"local": 0, "module": 1, "builtin": 2, "keyword": 3}
_VALUES = frozenset({"True", "False", "None"})
_STATEMENTS = frozenset({"pass", "break", "continue", "return"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@fixer(
    handles="name",
    examples=[
        Example("length = 3\nprint(lenght)\n", "length = 3\nprint(length)\n"),
        Example("def f(a):\n    return maxx(a)\n", "def f(a):\n    return max(a)\n"),
        Example(
            "def f(items):\n    return itmes[0] + itmes[1]\n",
            "def f(items):\n    return items[0] + items[1]\n",
        ),
        Example("def f():\n    totl = 3\n    return total\n", "def f():\n    total = 3\n    return total\n"),
        Example(
            "class A:\n    def f(slef, n):\n        self.n = n\n",
            "class A:\n    def f(self, n):\n        self.n = n\n",
        ),
        Example(
            "import pytets\n\n\ndef test():\n    pytest.fail('no')\n",
            "import pytest\n\n\ndef test():\n    pytest.fail('no')\n",
        ),
        Example("def f(userName):\n    return user_name\n", "def f(userName):\n    return userName\n"),
        Example("def f():\n    return null\n", "def f():\n    return None\n"),
        Example("for x in range(3):\n    pss\n", "for x in range(3):\n    pass\n"),
    ],
    leaves=[
        "length = 3\nprint(width)\n",
        "def f(rows: List[int]):\n    return rows\n",
        "def f(times):\n    time.sleep(times)\n",
        "def f(invoice):\n    return Invoice(invoice)\n",
        "def f():\n    for item in itemz:\n        print(item)\n",
        "def f(n):\n    if n:\n        return 1\n    return1\n",
        "from django.db import models\n\nurl = reverse(CUP)\n",
    ],
)
def rename_to_nearest(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `lenght` with `length`".

    If the misspelled name is in a binding that is never read, the binding is renamed too, in candidates of its own.
    """
    wrong = context.problem.name
    if not wrong:
        return
    is_module = is_known_import(context)
    is_exported = is_exported_by_used_package(context)
    keywords = _STATEMENTS if is_whole_statement(context) else _VALUES
    scored: list[tuple[float, int, int, int, str]] = []
    bindings: list[tuple[float, VisibleName]] = []
    for visible in visible_of(context):
        if visible.origin == "member" or (visible.origin == "keyword" and visible.name not in keywords):
            continue
        if is_exported and visible.origin == "builtin":
            continue  # `reverse` of Django is not `reversed`
        cost = _cost(wrong, visible)
        if cost is None:
            continue
        is_import = visible.origin == "module" and _is_unread_import(context, visible.name)
        is_instance = wrong in INSTANCES and visible.origin == "local" and is_misspelt_instance(visible.name)
        if is_import or is_instance or (visible.unread and not is_module):
            bindings.append((cost, visible))
        if is_instance or is_module:
            continue  # everybody calls the parameter `self`, and the module so
        if visible.origin == "keyword" and wrong[len(visible.name) :].isdigit():
            continue  # `return1` lacks a space
        scored.append((cost, _ORIGINS[visible.origin], -visible.count, visible.distance, visible.name))
    if wrong in FOREIGN_CONSTANTS:
        scored.append((0.0, 0, 0, 0, FOREIGN_CONSTANTS[wrong]))
    names = dict.fromkeys(name for *_, name in sorted(scored))
    for name in [name for name in names if name in keywords or fit_of(context, name) >= 0][:_MAX_NAMES]:
        yield from replace_uses(context, name)
    for _, binding in sorted(bindings, key=lambda pair: (pair[0], pair[1].name))[:2]:
        yield from _rename_binding(context, binding.name, wrong)


def _is_unread_import(context: Context, name: str) -> bool:
    """Return whether the file only imports a name, and never reads it: the import may be misspelt."""
    text = context.snapshot.text
    imported = any(alias == member == name for one in imports_of(text) for member, alias in one.names)
    return imported and len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) == 1


def _cost(wrong: str, visible: VisibleName) -> float | None:
    """Return how dissimilar two names are, 0 for equal names; None if they are too dissimilar."""
    right = visible.name
    if len(wrong) <= 2 and visible.origin != "local":
        return None
    if _bare(wrong) == _bare(right):
        return 0.5
    limit = 1 if len(wrong) <= 4 else 2 if len(wrong) <= 8 else 3
    distance = OSA.distance(wrong, right, score_cutoff=limit)
    if distance <= limit:
        return float(distance)
    distance = OSA.distance(wrong.lower(), right.lower(), score_cutoff=limit)
    if distance <= limit:
        return distance + (1.5 if visible.origin == "keyword" else 0.5)
    if visible.origin in ("builtin", "keyword"):
        return None
    if len(wrong) > 3 and _words(wrong) == _words(right):
        return 1.5
    shorter, longer = sorted((wrong, right), key=len)
    if len(shorter) >= 3 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return _PREFIX_COST + (len(longer) - len(shorter)) / 20
    return None


def _bare(name: str) -> str:
    return name.replace("_", "").lower()


def _words(name: str) -> list[str]:
    return sorted(word.lower() for word in _WORDS.findall(name))


def _rename_binding(context: Context, old: str, new: str) -> Iterator[Candidate]:
    tokens = context.tokens
    places = [
        context.edit(token.start, token.end, new)
        for index, token in enumerate(tokens)
        if token.kind == "name" and token.text == old and (index == 0 or tokens[index - 1].text != ".")
    ]
    if not places and _is_unread_import(context, old):
        start = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", context.snapshot.text)
        places = [Edit(Span(*start.span()), new)] if start is not None else []
    if places:
        count = f" ({len(places)} places)" if len(places) > 1 else ""
        yield Candidate(tuple(places), f"Replace `{old}` with `{new}`{count}", safety="needs-a-look")
