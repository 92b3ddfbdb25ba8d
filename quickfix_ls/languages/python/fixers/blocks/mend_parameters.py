"""Mend the parameters of a function: names in quotes, types before names, a `.` in place of a comma.
`def add('a', 'b')` becomes `def add(a, b)`, and `def add(int a)` becomes `def add(a: int)`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.definition_headers import Header, header_at
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.values import Candidate

_TYPES = {
    **{name: name for name in ("int", "float", "str", "bool", "list", "dict", "tuple", "set", "bytes", "object")},
    **{"String": "str", "string": "str", "double": "float", "boolean": "bool", "char": "str", "long": "int"},
}


@fixer(
    handles="syntax",
    examples=[
        Example("def add('a', 'b'):\n    return a\n", "def add(a, b):\n    return a\n"),
        Example("def add(int a, String b):\n    return a\n", "def add(a: int, b: str):\n    return a\n"),
        Example("def add(a. b):\n    return a\n", "def add(a, b):\n    return a\n"),
    ],
    leaves=["def f(x)\n    return x\n", "def f(self.x):\n    return x\n"],
)
def mend_parameters(context: Context) -> Iterator[Candidate]:
    for line in lines_near(context, 2, 0):
        header = header_at(context, line)
        if header is not None and header.word == "def":
            yield from _parameters(context, header)


def _parameters(context: Context, header: Header) -> Iterator[Candidate]:
    """Yield candidates for parameters in quotes, and for types before their names."""
    tokens = context.tokens
    closer = context.brackets.partner.get(header.rest, -1)
    if closer < 0 or tokens[header.rest].text != "(":
        return
    inside = range(header.rest + 1, closer)
    quoted = [index for index in inside if _is_quoted_name(context, index)]
    if quoted:
        edits = tuple(
            context.edit(tokens[index].start, tokens[index].end, tokens[index].text[1:-1]) for index in quoted
        )
        yield Candidate(edits, f"Remove the quotes of {', '.join(f'`{edit.text}`' for edit in edits)}")
    typed = [index for index in inside if _is_typed(context, index)]
    if typed:
        edits = tuple(
            context.edit(
                tokens[index].start,
                tokens[index + 1].end,
                f"{tokens[index + 1].text}: {_TYPES.get(tokens[index].text, tokens[index].text)}",
            )
            for index in typed
        )
        yield Candidate(edits, f"Put the types behind: {', '.join(f'`{edit.text}`' for edit in edits)}")
    dots = [index for index in inside if tokens[index].text == "." and _begins_item(context, index - 1)]
    if dots and all(tokens[index + 1].kind == "name" for index in dots) and tokens[header.rest + 1].text != "self":
        edits = tuple(context.edit(tokens[index].start, tokens[index].end, ",") for index in dots)
        yield Candidate(edits, f"Replace `.` with `,` after `{tokens[dots[0] - 1].text}`")


def _begins_item(context: Context, index: int) -> bool:
    return context.tokens[index - 1].text in ("(", ",")


def _is_quoted_name(context: Context, index: int) -> bool:
    token = context.tokens[index]
    ends = context.tokens[index + 1].text in (",", ")", ":", "=")
    return token.kind == "string" and token.text[1:-1].isidentifier() and _begins_item(context, index) and ends


def _is_typed(context: Context, index: int) -> bool:
    """Return whether a parameter is the name of a type and a name behind it."""
    tokens = context.tokens
    kind, name = tokens[index], tokens[index + 1]
    return kind.text in _TYPES and name.kind == "name" and _begins_item(context, index)
