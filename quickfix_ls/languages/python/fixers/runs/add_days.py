"""Add a number of days to a date as a `timedelta`: `day + 7` becomes `day + timedelta(days=7)`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.languages.python.fixers.spelling import import_edits
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_TOLD = re.compile(r"unsupported operand type\(s\) for (?P<sign>[+-])=?: 'datetime\.\w+' and 'int'")


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "import datetime\n\n$0print(day + 7)\n",
            "import datetime\n\nprint(day + datetime.timedelta(days=7))\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for +: 'datetime.date' and 'int'"),
        ),
        Example(
            "from datetime import date, timedelta\n\n$0day -= 1\n",
            "from datetime import date, timedelta\n\nday -= timedelta(days=1)\n",
            ("", "TypeError", "TypeError: unsupported operand type(s) for -=: 'datetime.date' and 'int'"),
        ),
    ],
)
def add_days(context: Context) -> Iterator[Candidate]:
    told, tree = _TOLD.match(context.problem.message), file_tree_of(context)
    if told is None:
        return
    kind = ast.Add if told["sign"] == "+" else ast.Sub
    added = [node.right for node in tree.here(ast.BinOp) if isinstance(node.op, kind)]
    added += [node.value for node in tree.here(ast.AugAssign) if isinstance(node.op, kind)]
    name, edits = "timedelta", list[Edit]()
    members = {alias.name for node in tree.all(ast.ImportFrom) if node.module == "datetime" for alias in node.names}
    modules = [alias for node in tree.all(ast.Import) for alias in node.names if alias.name == "datetime"]
    if modules:
        name = f"{modules[0].asname or 'datetime'}.timedelta"
    elif "timedelta" not in members:
        edits = import_edits(context, {("datetime", "timedelta"): None})
    for node in added:
        if isinstance(node, (ast.Constant, ast.Name, ast.Attribute)):
            new = f"{name}(days={tree.source(node)})"
            title = f"Add days: `{new}`"
            yield Candidate((*edits, *tree.around(node, f"{name}(days=", ")")), title, safety="needs-a-look")
