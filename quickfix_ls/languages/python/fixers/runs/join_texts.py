"""Make text of the items that `join` gets: `", ".join(numbers)` becomes `", ".join(map(str, numbers))`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate

_RAISED = ("", "TypeError", "TypeError: sequence item 0: expected str instance, int found")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example("$0print(', '.join(numbers))\n", "print(', '.join(map(str, numbers)))\n", _RAISED),
        Example("$0print(', '.join(n * 2 for n in ns))\n", "print(', '.join(str(n * 2) for n in ns))\n", _RAISED),
    ],
)
def join_texts(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    if not message.startswith("sequence item") or "NoneType" in message or "bytes" in message:
        return
    tree = file_tree_of(context)
    for call in tree.here(ast.Call):
        if getattr(call.func, "attr", "") != "join" or len(call.args) != 1:
            continue
        items = call.args[0]
        if isinstance(items, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
            new = f"str({tree.source(items.elt)})"
            yield Candidate(tree.around(items.elt, "str(", ")"), f"Make text of it: `{beginning(new)}`")
        else:
            new = f"map(str, {tree.source(items)})"
            yield Candidate(tree.around(items, "map(str, ", ")"), f"Make text of it: `{beginning(new)}`")
