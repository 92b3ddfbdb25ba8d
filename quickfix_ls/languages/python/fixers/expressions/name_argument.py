"""Replace `==` with `=` between an argument's name and its value: `print(x, end=="")` becomes `print(x, end="")`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    examples=[
        Example('print("a", end=="")\n', 'print("a", end="")\n'),
        Example("x = sorted([2, 1], reverse == True)\n", "x = sorted([2, 1], reverse = True)\n"),
    ],
)
def name_argument(context: Context) -> Iterator[Candidate]:
    index, tokens = token_at(context), context.tokens
    if index is None or index == 0 or index + 1 >= len(tokens) or tokens[index + 1].text != "==":
        return
    before = index - 1
    while before > 0 and tokens[before].kind in ("newline", "comment"):
        before -= 1
    opener = next((i for i in range(before, -1, -1) if context.brackets.partner.get(i, -1) > index), None)
    called = opener is not None and opener > 0 and tokens[opener].text == "(" and tokens[opener - 1].kind == "name"
    if called and tokens[before].text in ("(", ","):
        equals = tokens[index + 1]
        edit = context.edit(equals.start, equals.end, "=")
        yield Candidate((edit,), f"Replace `==` with `=`: the argument `{context.problem.name}`")
