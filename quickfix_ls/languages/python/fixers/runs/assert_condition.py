"""Take the condition and the message of an `assert` out of parentheses, in which they are a tuple that is always true:
`assert (n > 0, "none")` becomes `assert n > 0, "none"`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_WARNED = ("", "SyntaxWarning", "assertion is always true, perhaps remove parentheses?")


@fixer(
    handles=RUN,
    errors=("SyntaxWarning",),
    examples=[
        Example("$0assert (n > 0, 'none')\n", "assert n > 0, 'none'\n", _WARNED),
        Example("$0assert (\n    n > 0,\n    'none',\n)\n", "assert n > 0, 'none'\n", _WARNED),
    ],
)
def assert_condition(context: Context) -> Iterator[Candidate]:
    tree = file_tree_of(context)
    for node in tree.here(ast.Assert):
        if isinstance(node.test, ast.Tuple) and len(node.test.elts) == 2 and node.msg is None:
            condition, message = (tree.source(element) for element in node.test.elts)
            if "\n" not in condition + message and "#" not in tree.source(node.test):
                new = f"{condition}, {message}"
                edit = Edit(tree.span(node.test), new)
                yield Candidate((edit,), f"Remove the parentheses: `assert {beginning(new)}`")
