"""Remove the word of another language before a name: `var x = 1`, `int n = 0`, `new Foo()`, `let`, `const`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_DECLARES = frozenset(
    ["var", "let", "const", "int", "float", "double", "char", "bool", "boolean", "string", "String", "auto", "long",
     "public", "private", "protected", "static", "final", "void", "val", "dim", "my", "local", "export", "begin",
     "then", "do", "set", "call", "str", "list", "dict", "def", "define", "global", "Integer", "extern", "unsigned"]
)  # fmt: skip
# Of these, a region may lose any number (`validation.strays`).
FOREIGN = frozenset({"var", "let", "const", "int", "float", "double", "char", "boolean", "string", "String", "new"})
_MAKES = frozenset({"new", "typeof", "mut", "ref", "out", "unique", "distinct"})
_OPEN = frozenset({"(", ",", ":", ";", "for", "comment", *_DECLARES})


@fixer(
    handles="syntax",
    examples=[
        Example("var x = 1\n", "x = 1\n"),
        Example("int count = 0;\n", "count = 0;\n"),
        Example("let a = 1\nconst b = 2\nx = new Foo(a)\n", "a = 1\nb = 2\nx = Foo(a)\n"),
        Example("x = new Foo(1)\n", "x = Foo(1)\n"),
        Example("def f(int n, m):\n    return n\n", "def f(n, m):\n    return n\n"),
        Example("public def f():\n    return 1\n", "def f():\n    return 1\n"),
    ],
    leaves=["variable x = 1\n"],
)
def remove_declaration(context: Context) -> Iterator[Candidate]:
    """Everywhere around the problem where no Python has such a word, and near the problem alone."""
    tokens = context.tokens
    near = [
        index
        for index in range(max(0, context.at - 4), min(len(tokens) - 1, context.at_end + 3))
        if _declares(tokens, index, _DECLARES)
    ]
    if any(tokens[index].text in FOREIGN for index in near):
        edits = declaration_edits(context)
        if len(edits) > 1:
            yield Candidate(tuple(edits), f"Remove the words of other languages before names ({len(edits)} places)")
    for index in near:
        word, after = tokens[index], tokens[index + 1]
        yield Candidate((context.edit(word.start, after.start, ""),), f"Remove `{word.text}` before `{after.text}`")


def declaration_edits(context: Context) -> list[Edit]:
    """The edits that remove, all over the region, the words that no Python has before a name."""
    tokens = context.tokens
    places = [index for index in range(len(tokens) - 1) if _declares(tokens, index, FOREIGN)]
    return [context.edit(tokens[index].start, tokens[index + 1].start, "") for index in places]


def _declares(tokens: list[Token], index: int, words: frozenset[str]) -> bool:
    """Whether a token is one of these words, stands before a name, and begins a statement or an item."""
    word, after = tokens[index], tokens[index + 1]
    if word.text not in (words | _MAKES if words is _DECLARES else words) or after.kind not in ("name", "keyword"):
        return False
    before = tokens[index - 1] if index else None
    return word.text in _MAKES or before is None or before.kind == "newline" or before.text in _OPEN
