"""Write values as JSON that it has no type for: a set as a list, a date as a string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import FileTree, file_tree_of
from quickfix_ls.languages.python.fixers.value_types import type_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit, Span

_TOLD = re.compile(r"Object of type (?P<kind>\w+) is not JSON serializable")
_AS_TEXT = frozenset(
    {"date", "datetime", "time", "timedelta", "Decimal", "UUID", "PosixPath", "WindowsPath", "Timestamp"}
)


@fixer(
    handles=RUN,
    errors=("TypeError",),
    examples=[
        Example(
            "$0print(json.dumps(event))\n",
            "print(json.dumps(event, default=str))\n",
            ("", "TypeError", "TypeError: Object of type date is not JSON serializable"),
        ),
        Example(
            "tags = {'a'}\n$0print(json.dumps({'tags': tags}))\n",
            "tags = {'a'}\nprint(json.dumps({'tags': list(tags)}))\n",
            ("", "TypeError", "TypeError: Object of type set is not JSON serializable"),
        ),
    ],
)
def write_as_json(context: Context) -> Iterator[Candidate]:
    told, tree = _TOLD.match(context.problem.message), file_tree_of(context)
    for call in tree.here(ast.Call):
        is_dump = getattr(call.func, "attr", "") in ("dump", "dumps")
        if told is None or not is_dump or not call.args or any(one.arg == "default" for one in call.keywords):
            continue
        if told["kind"] in ("set", "frozenset"):
            yield from _sets(context, tree, call)
        if told["kind"] in ("set", "frozenset", *_AS_TEXT):
            function = "list" if "set" in told["kind"] else "str"
            end = max(tree.span(node).end for node in [*call.args, *(one.value for one in call.keywords)])
            edit = Edit(Span(end, end), f", default={function}")
            yield Candidate((edit,), f"Write such values with `{function}`", safety="needs-a-look")


def _sets(context: Context, tree: FileTree, call: ast.Call) -> Iterator[Candidate]:
    """Yield the conversion of a set that is written in the call."""
    types = {known.name: known.type_name for known in context.problem.facts.known}
    for node in ast.walk(call.args[0]):
        if isinstance(node, (ast.Name, ast.Attribute, ast.Set)):
            kind = types.get(tree.source(node)) or type_of(tree, node)
            if kind in ("set", "frozenset"):
                new = f"list({tree.source(node)})"
                yield Candidate(tree.around(node, "list(", ")"), f"Write it as a list: `{new}`", safety="needs-a-look")
