"""Drop a column by the argument that means columns: `df.drop("a")` becomes `df.drop(columns="a")`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate


@fixer(
    handles=RUN,
    errors=("KeyError",),
    examples=[
        Example(
            '$0df = df.drop("a")\n',
            'df = df.drop(columns="a")\n',
            ("", "KeyError", "KeyError: \"['a'] not found in axis\""),
        )
    ],
)
def name_axis(context: Context) -> Iterator[Candidate]:
    if "not found in axis" not in context.problem.message:
        return
    tree = file_tree_of(context)
    for call in tree.here(ast.Call):
        given = {keyword.arg for keyword in call.keywords}
        is_drop = getattr(call.func, "attr", "") == "drop" and len(call.args) == 1
        if is_drop and not given & {"axis", "columns", "index"}:
            new = f"columns={tree.source(call.args[0])}"
            yield Candidate(tree.around(call.args[0], "columns=", ""), f"Drop columns: `{new}`")
