"""Load JSON from what is given: a string with `loads`, a file with `load`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_OTHERS = {"load": "loads", "loads": "load"}
_FILE = "the JSON object must be str, bytes or bytearray, not "


@fixer(
    handles=RUN,
    errors=("AttributeError", "TypeError"),
    examples=[
        Example(
            "import json\n\n$0data = json.load(text)\n",
            "import json\n\ndata = json.loads(text)\n",
            ("", "AttributeError", "AttributeError: 'str' object has no attribute 'read'"),
        ),
        Example(
            "import json\n\n$0data = json.loads(file)\n",
            "import json\n\ndata = json.load(file)\n",
            ("", "TypeError", f"TypeError: {_FILE}TextIOWrapper"),
        ),
    ],
)
def load_from(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    name = "load" if message.endswith("'str' object has no attribute 'read'") else ""
    name = "loads" if message in (f"{_FILE}TextIOWrapper", f"{_FILE}BufferedReader") else name
    tree = file_tree_of(context)
    for call in tree.here(ast.Call):
        if name and isinstance(call.func, ast.Attribute) and call.func.attr == name:
            end, new = tree.span(call.func).end, _OTHERS[name]
            yield Candidate((Edit(Span(end - len(name), end), new),), f"Replace `{name}` with `{new}`")
