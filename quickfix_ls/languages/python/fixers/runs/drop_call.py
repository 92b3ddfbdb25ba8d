"""Read an attribute that was called: `grid.shape()` becomes `grid.shape`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_KNOWN = frozenset(
    ["shape", "columns", "name", "suffix", "stem", "parent", "dtypes", "dtype", "index", "size", "ndim", "height",
     "width", "year", "month", "day", "hour", "minute", "second", "T", "values", "schema", "parts", "text",
     "status_code", "days", "real", "imag", "__name__", "__doc__", "__class__"]
)  # fmt: skip


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0rows, columns = grid.shape()\n",
            "rows, columns = grid.shape\n",
            ("", "TypeError", "TypeError: 'tuple' object is not callable"),
        ),
        Example(
            "$0print(list(people.columns()))\n",
            "print(list(people.columns))\n",
            ("", "TypeError", "TypeError: 'Index' object is not callable"),
        ),
    ],
)
def drop_call(context: Context) -> Iterator[Candidate]:
    """Yield a candidate for the call that failed; where that is not known, for the calls of well-known attributes."""
    if not context.problem.message.endswith("object is not callable"):
        return
    tree = file_tree_of(context)
    calls = [
        call
        for call in tree.here(ast.Call)
        if isinstance(call.func, ast.Attribute) and not call.args and not call.keywords
    ]
    failed = [call for call in calls if tree.span(call) == context.problem.span]
    known = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in _KNOWN]
    for call in failed or known or (calls if len(calls) == 1 else []):
        edit = Edit(Span(tree.span(call.func).end, tree.span(call).end), "")
        yield Candidate((edit,), f"Read the attribute: `{tree.source(call.func)}`")
