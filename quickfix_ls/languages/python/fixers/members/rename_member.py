"""Replace a misspelled member of a module, type or class, or a misspelled keyword argument, with an existing name:
`math.squrt` becomes `math.sqrt`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_context import visible_of
from quickfix_ls.languages.python.members.foreign_methods import translations
from quickfix_ls.languages.python.members.named_types import named_type
from quickfix_ls.languages.python.names.near_names import nearest_method
from quickfix_ls.values import Candidate, Edit, Safety


@fixer(
    handles="name",
    errors=("AttributeError", "TypeError"),
    examples=[
        Example("import math\nprint(math.squrt(2))\n", "import math\nprint(math.sqrt(2))\n"),
        Example("items = []\nitems.apend(1)\n", "items = []\nitems.append(1)\n"),
        Example("print(sorted([2, 1], revers=True))\n", "print(sorted([2, 1], reverse=True))\n"),
        Example(
            "def area(width, height):\n    return width * height\n\narea(width=1, heigth=2)\n",
            "def area(width, height):\n    return width * height\n\narea(width=1, height=2)\n",
        ),
        Example(
            "class A:\n    def f(self):\n        self.count = 1\n\n    def g(self):\n        return self.cuont\n",
            "class A:\n    def f(self):\n        self.count = 1\n\n    def g(self):\n        return self.count\n",
        ),
    ],
)
def rename_member(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `squrt` with `sqrt`"."""
    name, span = context.problem.name, context.problem.span
    if not name or context.snapshot.text[span.start : span.end] != name:
        return
    of_type = named_type(context.problem.message) or named_type(context.problem.reported)
    if translations(of_type, name) is not None:
        return  # another language calls a method so
    near = nearest_method(name, (visible.name for visible in visible_of(context)))
    # A problem that only another tool reports cannot be checked here, so a person should review the fix.
    safety: Safety = "needs-a-look" if context.problem.origin.startswith("client") else "safe"
    for new in dict.fromkeys([*context.problem.hints, *near]):
        if new.startswith("_") and not name.startswith("_"):
            continue
        yield Candidate((Edit(span, new),), f"Replace `{name}` with `{new}`", safety=safety)
