"""Remove a foreign keyword or type before a name: `var x = 1` becomes `x = 1`, and `new Foo()` becomes `Foo()`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_DECLARATIONS = frozenset(
    ["var", "let", "const", "int", "float", "double", "char", "bool", "boolean", "string", "String", "auto", "long",
     "public", "private", "protected", "static", "final", "void", "val", "dim", "my", "local", "export", "begin",
     "then", "do", "set", "call", "str", "list", "dict", "def", "define", "global", "Integer", "extern", "unsigned"]
)  # fmt: skip
# A candidate may remove any number of these from a region (`checks/non_code.py`).
FOREIGN = frozenset({"var", "let", "const", "int", "float", "double", "char", "boolean", "string", "String", "new"})
_PREFIXES = frozenset({"new", "typeof", "mut", "ref", "out", "unique", "distinct"})
_STARTERS = frozenset({"(", ",", ":", ";", "for", "comment", *_DECLARATIONS})


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
    """Yield a candidate that removes all foreign words of the region, and candidates for each word near the problem."""
    tokens = context.tokens
    near = [
        index
        for index in range(max(0, context.at - 4), min(len(tokens) - 1, context.at_end + 3))
        if _declares(tokens, index, _DECLARATIONS)
    ]
    if any(tokens[index].text in FOREIGN for index in near):
        edits = declaration_edits(context)
        if len(edits) > 1:
            yield Candidate(tuple(edits), f"Remove the words of other languages before names ({len(edits)} places)")
    for index in near:
        word, after = tokens[index], tokens[index + 1]
        yield Candidate((context.edit(word.start, after.start, ""),), f"Remove `{word.text}` before `{after.text}`")


def declaration_edits(context: Context) -> list[Edit]:
    """Return the edits that remove every word in `FOREIGN` that precedes a name, throughout the region."""
    tokens = context.tokens
    places = [index for index in range(len(tokens) - 1) if _declares(tokens, index, FOREIGN)]
    return [context.edit(tokens[index].start, tokens[index + 1].start, "") for index in places]


def _declares(tokens: list[Token], index: int, words: frozenset[str]) -> bool:
    """Return whether a token is in `words`, precedes a name, and begins a statement or an item."""
    word, after = tokens[index], tokens[index + 1]
    if word.text not in (words | _PREFIXES if words is _DECLARATIONS else words) or after.kind not in (
        "name",
        "keyword",
    ):
        return False
    before = tokens[index - 1] if index else None
    return word.text in _PREFIXES or before is None or before.kind == "newline" or before.text in _STARTERS
