"""Replace a builtin function used as a type with the type that it stands for, and import it: `any` becomes `Any`,
`callable` becomes `Callable`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.syntax_trees import tree_of
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.values import Candidate, Edit, Span

_TYPES = {"any": ("typing", "Any"), "callable": ("collections.abc", "Callable")}


@fixer(
    handles="type",
    errors=("TypeError",),
    examples=[
        Example(
            "def f(x: $0any): ...\n",
            "from typing import Any\n\n\ndef f(x: Any): ...\n",
            ("mypy", "valid-type", 'Function "builtins.any" is not valid as a type'),
        ),
        Example(
            "from typing import Callable\n\n\ndef f(x: $0callable): ...\n",
            "from typing import Callable\n\n\ndef f(x: Callable): ...\n",
            ("ty", "invalid-type-form", "Function `callable` is not valid in a parameter annotation"),
        ),
    ],
)
def import_type(context: Context) -> Iterator[Candidate]:
    """Yield a candidate titled "Replace `any` with `Any`"."""
    tree = tree_of(context)
    for name in tree.near(ast.Name):
        if name.id not in _TYPES or tree.span(name).start != context.offset:
            continue
        module, right = _TYPES[name.id]
        block, span = import_block(context.snapshot.text), tree.span(name)
        edits = [context.edit(span.start, span.end, right)]
        if not any(alias == right for statement in block.imports for _, alias in statement.names):
            line = f"{block.before}from {module} import {right}{block.after}"
            edits.append(Edit(Span(block.place, block.place), line))
        yield Candidate(tuple(sorted(edits)), f"Replace `{name.id}` with `{right}`")
