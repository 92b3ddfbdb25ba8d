"""Replace a member that was moved out of its module with its successor: `collections.Mapping` becomes
`collections.abc.Mapping`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.project.moved_stdlib import MEMBERS
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles="name",
    errors=("AttributeError", "ImportError"),
    examples=[
        Example("from collections import Mapping\n", "from collections.abc import Mapping\n"),
        Example("import sys\nprint(sys.maxint)\n", "import sys\nprint(sys.maxsize)\n"),
        Example("import itertools\nx = itertools.izip(a, b)\n", "import itertools\nx = zip(a, b)\n"),
        Example(
            "import urllib\nprint(urllib.quote('a b'))\n",
            "import urllib\nimport urllib.parse\nprint(urllib.parse.quote('a b'))\n",
        ),
    ],
)
def replace_moved_member(context: Context) -> Iterator[Candidate]:
    """Yield candidates titled "Replace `sys.maxint` with `sys.maxsize`"."""
    found = re.search(r"(?:module|from) '([\w.]+)'", context.problem.message)
    old = f"{found[1]}.{context.problem.name}" if found else ""
    new = MEMBERS.get(old)
    if new is None:
        return
    title = f"Replace `{old}` with `{new}`"
    if context.problem.code == "ImportError":
        yield from _imported(context, old, new, title)
        return
    end = context.problem.span.end
    start = end - len(old)
    if context.snapshot.text[start:end] != old:
        return
    module = new.rpartition(".")[0]
    block = import_block(context.snapshot.text)
    edits = [Edit(Span(start, end), new)]
    if module and module not in ("str", old.rpartition(".")[0]) and f"import {module}" not in context.snapshot.text:
        place = Span(block.place, block.place)
        edits.append(Edit(place, f"{block.before}import {module}{block.after}"))
    yield Candidate(tuple(sorted(edits)), title)


def _imported(context: Context, old: str, new: str, title: str) -> Iterator[Candidate]:
    """Change the module of a `from module import name` statement, if it imports only this name and the name is
    unchanged."""
    module, _, name = old.rpartition(".")
    target, _, renamed = new.rpartition(".")
    for statement in import_block(context.snapshot.text).imports:
        if statement.module == module and [found for found, _ in statement.names] == [name] and renamed == name:
            at = context.snapshot.text.find(module, statement.start + len("from"), statement.end)
            if at >= 0:
                yield Candidate((Edit(Span(at, at + len(module)), target),), title)
