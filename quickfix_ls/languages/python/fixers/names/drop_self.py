"""Remove `self.` from the call of a function that is not a method: a builtin, or a function defined in the module or
locally."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.values import Candidate

_FOREIGN = {"length": "len", "size": "len"}


@fixer(
    handles="name",
    errors=("AttributeError",),
    examples=[
        Example(
            "class A:\n    def f(self, a, b):\n        return self.min(a, b)\n",
            "class A:\n    def f(self, a, b):\n        return min(a, b)\n",
        ),
        Example(
            "class A:\n    def f(self, n):\n        def g(m):\n            return m\n\n        return self.g(n)\n",
            "class A:\n    def f(self, n):\n        def g(m):\n            return m\n\n        return g(n)\n",
        ),
        Example(
            "def g():\n    return 1\n\n\nclass A:\n    def f(self):\n        return self.g()\n",
            "def g():\n    return 1\n\n\nclass A:\n    def f(self):\n        return g()\n",
        ),
    ],
)
def drop_self(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `self.min` with `min`"."""
    index, tokens = token_at(context), context.tokens
    if index is None or index < 2 or index + 1 >= len(tokens) or tokens[index - 1].text != ".":
        return
    owner, name = tokens[index - 2], tokens[index].text
    if owner.text not in ("self", "cls") or (index > 2 and tokens[index - 3].text == "."):
        return
    new = _FOREIGN.get(name, name)
    if new == name and not _is_function(context, name):
        return
    if tokens[index + 1].text == "(":
        edit = context.edit(owner.start, tokens[index].end, new)
        yield Candidate((edit,), f"Replace `{owner.text}.{name}` with `{new}`")


def _is_function(context: Context, name: str) -> bool:
    """Return whether the bare name is a builtin or seems to be defined or imported in the file.

    This is a quick text search; validation rejects a candidate whose name is undefined.
    """
    defined = rf"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+{name}\b|^[ \t]*(?:from|import)\b[^#\n]*\b{name}\b"
    return (
        callable(getattr(builtins, name, None)) or re.search(defined, context.snapshot.text, re.MULTILINE) is not None
    )
