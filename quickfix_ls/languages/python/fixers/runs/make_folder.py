"""Make the folder of a file that is opened for writing, where it does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.spelling import import_edits
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_MISSING = re.compile(r"\[Errno 2\] No such file or directory: '(?P<folder>[^'\\]+)/[^'/\\]+'")


@fixer(
    handles=RUN,
    errors=("FileNotFoundError",),
    examples=[
        Example(
            "import os\n\n$0with open('out/a.txt', 'w') as file:\n    file.write('a')\n",
            "import os\n\nos.makedirs(\"out\", exist_ok=True)\nwith open('out/a.txt', 'w') as file:\n"
            "    file.write('a')\n",
            ("", "FileNotFoundError", "FileNotFoundError: [Errno 2] No such file or directory: 'out/a.txt'"),
        )
    ],
)
def make_folder(context: Context) -> Iterator[Candidate]:
    told, tree = _MISSING.match(context.problem.message), file_tree_of(context)
    if told is None or told["folder"].startswith("/") or not _is_written(tree):
        return
    statements = [node for node in tree.here(ast.stmt) if tree.span(node).start <= tree.line_end]
    statement = next((node for node in statements if isinstance(node, (ast.With, ast.Assign, ast.Expr))), None)
    if statement is None:
        return
    start = tree.span(statement).start
    margin = tree.text[tree.text.rfind("\n", 0, start) + 1 : start]
    new = f'os.makedirs("{told["folder"]}", exist_ok=True)'
    is_imported = any(alias.name == "os" and not alias.asname for node in tree.all(ast.Import) for alias in node.names)
    edits = [] if is_imported else import_edits(context, {("os", ""): None})
    yield Candidate(
        (*edits, Edit(Span(start, start), f"{new}\n{margin}")), f"Make the folder: `{new}`", "", "needs-a-look"
    )


def _is_written(tree: FileTree) -> bool:
    """Return whether the reported lines open a file for writing."""
    for call in tree.here(ast.Call):
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "open":
            modes = [node.value for node in call.args if isinstance(node, ast.Constant)]
            return any(isinstance(mode, str) and mode[:1] in ("w", "a", "x") and len(mode) < 4 for mode in modes)
    return False
