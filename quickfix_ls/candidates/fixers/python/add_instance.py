"""Give a method the `self` that it is called with."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.candidates.names import token_at
from quickfix_ls.context import Context
from quickfix_ls.values import Candidate


@fixer(
    handles="name",
    errors=("TypeError",),
    examples=[
        Example(
            "class A:\n    def f():\n        return 1\n\n    def g(self):\n        return self.f()\n",
            "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return self.f()\n",
        ),
    ],
)
def add_instance(context: Context) -> Iterator[Candidate]:
    index = token_at(context)
    if index is None or index == 0 or context.tokens[index - 1].text != "def":
        return
    if [token.text for token in context.tokens[index + 1 : index + 3]] == ["(", ")"]:
        end = context.tokens[index + 1].end
        yield Candidate((context.edit(end, end, "self"),), "Add the parameter `self`")
