"""Read a number in the form in which it is written: `int("3.5")` becomes `float("3.5")`, and separators, currency
signs and percent signs are taken off."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_trees import file_tree_of
from quickfix_ls.problems.kinds import RUN
from quickfix_ls.values import Candidate, Edit

_TOLD = re.compile(
    r"(?:invalid literal for (?P<int>int)\(\) with base 10|could not convert string to (?P<float>float)): "
    r"(?P<text>'.*')"
)
_DECIMAL = re.compile(r"[ \t]*[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?\s*\Z")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_COMMA = re.compile(r"[-+]?\d+,\d+\Z")
_SIGNED = re.compile(r"(?P<before>[$€£]?)\d+(?:\.\d+)?(?P<after>[%$€£]?)\Z")


@fixer(
    handles=RUN,
    errors=("ValueError",),
    examples=[
        Example(
            "$0print(int(text) + 1)\n",
            "print(float(text) + 1)\n",
            ("", "ValueError", "ValueError: invalid literal for int() with base 10: '3.5'"),
        ),
        Example(
            "$0print(int(text))\n",
            'print(int(text.replace(",", "")))\n',
            ("", "ValueError", "ValueError: invalid literal for int() with base 10: '1,234'"),
        ),
        Example(
            "$0print(float(text))\n",
            'print(float(text.replace(",", ".")))\n',
            ("", "ValueError", "ValueError: could not convert string to float: '3,5'"),
        ),
        Example(
            "$0print(float(text))\n",
            'print(float(text.lstrip("$")))\n',
            ("", "ValueError", "ValueError: could not convert string to float: '$3.50'"),
        ),
    ],
)
def read_number(context: Context) -> Iterator[Candidate]:
    told, tree = _TOLD.match(context.problem.message), file_tree_of(context)
    if told is None:
        return
    name, text = told["int"] or told["float"], told["text"][1:-1]
    behind = _behind(text)
    for call in tree.here(ast.Call):
        if getattr(call.func, "id", "") != name or len(call.args) != 1:
            continue
        if name == "int" and _DECIMAL.match(text):
            new = f"float({tree.source(call.args[0])})"
            yield Candidate(
                (Edit(tree.span(call.func), "float"),), f"Read it as `{beginning(new)}`", "", "needs-a-look"
            )
        elif behind and isinstance(call.args[0], (ast.Name, ast.Subscript, ast.Attribute, ast.Call)):
            title = f"Read it as `{name}({beginning(tree.source(call.args[0]))}{behind})`"
            yield Candidate(tree.around(call.args[0], "", behind), title, safety="needs-a-look")


def _behind(text: str) -> str:
    """Return the method call that makes a plain number of a text; empty if none is known."""
    if _GROUPED.match(text):
        return '.replace(",", "")'
    if _COMMA.match(text):
        return '.replace(",", ".")'
    signed = _SIGNED.match(text)
    if signed and signed["before"]:
        return f'.lstrip("{signed["before"]}")'
    return f'.rstrip("{signed["after"]}")' if signed and signed["after"] else ""
