"""Call the member that has the same name as its module: `datetime(2020, 1, 1)` becomes
`datetime.datetime(2020, 1, 1)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.values import Candidate


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example(
            "import datetime\n\nprint($0datetime(2020, 1, 1))\n",
            "import datetime\n\nprint(datetime.datetime(2020, 1, 1))\n",
            ("mypy", "operator", "Module not callable"),
        ),
        Example(
            "import time as t\n\nprint($0t())\n",
            "import time as t\n\nprint(t.time())\n",
            ("ty", "not-callable", "Object of type `<module 'time'>` is not callable"),
        ),
    ],
)
def qualify_call(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Call `time.time`"."""
    tree = tree_of(context)
    imported = import_block(context.snapshot.text).modules
    for call in tree.near(ast.Call) if imported else ():
        name = call.func
        if not isinstance(name, ast.Name):
            continue
        module = imported.get(name.id, "")
        member = module.rpartition(".")[2]
        if module and member in (module_members(module) or ()):
            yield Candidate(tree.around(name, "", f".{member}"), f"Call `{name.id}.{member}`")
