"""Put in the dot that is missing between an imported module, or `self`, and its member: `osremove` for `os.remove`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.import_sources import written_prefixes
from quickfix_ls.languages.python.fixers.name_changes import replace_uses
from quickfix_ls.languages.python.fixers.name_context import importables_of, imported_of, visible_of
from quickfix_ls.languages.python.fixers.name_places import place_of
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.values import Candidate

_SHORTEST = 3
"""The least length of a member: shorter ends of a name coincide with members by chance."""


@fixer(
    handles="name",
    examples=[
        Example("import os\n\nosremove('a')\n", "import os\n\nos.remove('a')\n"),
        Example("import time\n\nprint(time_sleep(3))\n", "import time\n\nprint(time.sleep(3))\n"),
        Example(
            "class A:\n    def f(self):\n        self.size = 1\n\n    def g(self):\n        return selfsize\n",
            "class A:\n    def f(self):\n        self.size = 1\n\n    def g(self):\n        return self.size\n",
        ),
    ],
    leaves=["import os\n\nosmosis(3)\n", "import re\n\nrestart(3)\n"],
)
def split_qualified_name(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `osremove` with `os.remove`"."""
    name = context.problem.name
    place = place_of(context)
    for owner in sorted({*imported_of(context), *place.locals}):
        member = name[len(owner) :].removeprefix("_")
        if name.startswith(owner) and len(member) >= _SHORTEST and place.binds(owner) and _has(context, owner, member):
            yield from replace_uses(context, f"{owner}.{member}")


def _has(context: Context, owner: str, member: str) -> bool:
    """Return whether a module, or the class around, is known to have a member, or the file reads it from there."""
    if owner in written_prefixes(context.snapshot.text, member):
        return True
    if owner in ("self", "cls"):
        return any(visible.origin == "member" and visible.name == member for visible in visible_of(context))
    module = imported_of(context).get(owner)
    if module is None:
        return False
    return member in (module_members(module) or ()) or importables_of(context).has(module, member)
