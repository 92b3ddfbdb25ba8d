"""Search a pattern anywhere in a string where `re.match`, which looks at the start only, found nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span


@fixer(
    handles=RUN,
    errors=("AttributeError", "TypeError"),
    examples=[
        Example(
            "found = re.match(r'\\d+', line)\n$0print(found.group())\n",
            "found = re.search(r'\\d+', line)\nprint(found.group())\n",
            ("", "AttributeError", "AttributeError: 'NoneType' object has no attribute 'group'"),
        )
    ],
)
def search_text(context: Context) -> Iterator[Candidate]:
    message = context.problem.message
    if "NoneType" not in message or not message.endswith(("'group'", "'groups'", "'start'", "'end'", "'span'")):
        return
    tree = file_tree_of(context)
    for call in tree.near(ast.Call):
        function = call.func
        is_match = isinstance(function, ast.Attribute) and function.attr == "match"
        if is_match and tree.span(call).start < tree.line_end:
            end = tree.span(function).end
            edit = Edit(Span(end - len("match"), end), "search")
            yield Candidate((edit,), "Search anywhere in the string: `search`", safety="needs-a-look")
            return
