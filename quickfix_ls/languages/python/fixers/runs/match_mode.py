"""Open a file in the mode of what is written or read: text, or bytes with `b`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_BYTES = "write() argument must be str, not bytes"


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "with open('a', 'w') as file:\n    $0file.write(data)\n",
            "with open('a', 'wb') as file:\n    file.write(data)\n",
            ("", "TypeError", f"TypeError: {_BYTES}"),
        ),
        Example(
            "with open('a', 'wb') as file:\n    $0file.write('x')\n",
            "with open('a', 'w') as file:\n    file.write('x')\n",
            ("", "TypeError", "TypeError: a bytes-like object is required, not 'str'"),
        ),
        Example(
            "$0file.write(42)\n",
            "file.write(str(42))\n",
            ("", "TypeError", "TypeError: write() argument must be str, not int"),
        ),
    ],
)
def match_mode(context: Context) -> Iterator[Candidate]:
    tree, message = file_tree_of(context), context.problem.message
    if message == _BYTES or message.startswith("a bytes-like object is required, not 'str'"):
        yield from _other_mode(tree, is_binary=message == _BYTES)
    elif message.startswith("write() argument must be str, not ") and not message.endswith("None"):
        for call in tree.here(ast.Call):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "write" and len(call.args) == 1:
                new = f"str({tree.source(call.args[0])})"
                yield Candidate(tree.around(call.args[0], "str(", ")"), f"Make text of it: `{new}`")


def _other_mode(tree: FileTree, *, is_binary: bool) -> Iterator[Candidate]:
    """Yield the change of the mode in the nearest call of `open` before the reported place."""
    for call in tree.near(ast.Call):
        is_open = getattr(call.func, "id", getattr(call.func, "attr", "")) == "open"
        if not is_open or tree.span(call).start > tree.line_end:
            continue
        of_path = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") not in ("io", "codecs")
        given = [
            *call.args[0 if of_path else 1 :],
            *(keyword.value for keyword in call.keywords if keyword.arg == "mode"),
        ]
        for node in given:
            mode = node.value if isinstance(node, ast.Constant) else ""
            if isinstance(mode, str) and mode and set(mode) <= set("rwaxbt+") and ("b" in mode) != is_binary:
                quote = tree.source(node)[0]
                new = f"{quote}{mode + 'b' if is_binary else mode.replace('b', '')}{quote}"
                yield Candidate((Edit(tree.span(node), new),), f"Open the file with the mode `{new}`")
                return
