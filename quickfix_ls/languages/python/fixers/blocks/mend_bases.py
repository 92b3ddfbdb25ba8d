"""Put the base of a class into parentheses: `class A extends B:` and `class A B:` become `class A(B):`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.definition_headers import header_at
from quickfix_ls.languages.python.fixers.statements import lines_near
from quickfix_ls.values import Candidate

_INHERITS = frozenset({"extends", "inherits", "implements", "from", "is", "of", ":", "<", "->"})


@fixer(
    handles="syntax",
    examples=[
        Example("class A extends B:\n    x = 1\n", "class A(B):\n    x = 1\n"),
        Example("class A B:\n    x = 1\n", "class A(B):\n    x = 1\n"),
        Example("class A : B, c.D {\n    x = 1\n", "class A(B, c.D):\n    x = 1\n"),
    ],
    leaves=["class A\n    x = 1\n"],
)
def mend_bases(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for line in lines_near(context, 2, 0):
        header = header_at(context, line)
        if header is None or header.word != "class":
            continue
        rest, end = header.rest, header.end
        last = end - 1 if tokens[end - 1].text in (":", "{") else end
        if rest >= last or tokens[rest].text == "(":
            continue
        closer = context.brackets.partner.get(rest, -1)
        if tokens[rest].text in ("[", "{") and closer == last - 1:
            first, last = rest + 1, closer
        else:
            first = rest + (tokens[rest].text in _INHERITS)
        bases = tokens[first:last]
        if bases and all(token.kind == "name" or token.text in (",", ".") for token in bases):
            shown = context.text_of(first, last)
            edit = context.edit(tokens[header.name].end, tokens[end - 1].end, f"({shown}):")
            yield Candidate((edit,), f"Put the base into brackets: `({beginning(shown)})`")
