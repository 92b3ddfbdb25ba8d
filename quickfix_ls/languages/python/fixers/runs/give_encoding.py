"""Open a file with the encoding in which it is written, where it can't be decoded."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.runs.facts import Facts
from quickfix_ls.values import Candidate, Edit, Span

_READERS = frozenset({"open", "read_text", "read_csv", "read_json", "read_table"})
_RAISED = ("", "UnicodeDecodeError", "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 3: invalid")


@fixer(
    handles=RUN,
    errors=("UnicodeDecodeError",),
    examples=[
        Example(
            "with open('menu') as file:\n    $0print(file.read())\n",
            "with open('menu', encoding=\"latin-1\") as file:\n    print(file.read())\n",
            _RAISED,
            Facts(encoding="latin-1"),
        ),
        Example(
            "$0print(path.read_text(encoding='utf-8'))\n",
            "print(path.read_text(encoding='cp1252'))\n",
            _RAISED,
            Facts(encoding="cp1252"),
        ),
    ],
)
def give_encoding(context: Context) -> Iterator[Candidate]:
    encoding, tree = context.problem.facts.encoding, file_tree_of(context)
    for call in tree.near(ast.Call):
        is_reader = getattr(call.func, "id", getattr(call.func, "attr", "")) in _READERS
        if not encoding or not is_reader or tree.span(call).start > tree.line_end:
            continue
        given = next((keyword.value for keyword in call.keywords if keyword.arg == "encoding"), None)
        arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
        if isinstance(given, ast.Constant):
            quote = tree.source(given)[0]
            edit = Edit(tree.span(given), f"{quote}{encoding}{quote}")
        elif given is None:
            end = max((tree.span(node).end for node in arguments), default=tree.span(call).end - 1)
            edit = Edit(Span(end, end), f'{", " if arguments else ""}encoding="{encoding}"')
        else:
            return
        yield Candidate((edit,), f"Read the file as `{encoding}`", safety="needs-a-look")
        return
