"""Add a missing `def` or `class` before a definition, or make its name a valid identifier: `double(x):` becomes
`def double(x):`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_DUNDER_NAMES = frozenset(name for name in dir(object) if name.startswith("__"))
_SIGNS = frozenset({",", "=", "*", "**", ".", ":", "/", "[", "]", "None", "True", "False"})


@fixer(
    handles="syntax",
    examples=[
        Example("double(x):\n    return 2 * x\n", "def double(x):\n    return 2 * x\n"),
        Example("Shop(Base):\n    name = 'tea'\n", "class Shop(Base):\n    name = 'tea'\n"),
        Example("def node.size(self):\n    return 1\n", "def size(self):\n    return 1\n"),
        Example("def my-size(x):\n    return x\n", "def my_size(x):\n    return x\n"),
        Example("def (x):\n    return x\n", "def unnamed(x):\n    return x\n"),
        Example("def Error(base.Error):\n    pass\n", "class Error(base.Error):\n    pass\n"),
        Example(
            "class A:\n    def__init__(self, x):\n        self.x = x\n",
            "class A:\n    def __init__(self, x):\n        self.x = x\n",
        ),
        Example(
            "class A:\n    def_init_(self, x):\n        self.x = x\n",
            "class A:\n    def __init__(self, x):\n        self.x = x\n",
        ),
    ],
)
def complete_definition(context: Context) -> Iterator[Candidate]:
    tokens = context.tokens
    for index in range(context.line, max(-1, context.line - 2), -1):
        if index >= len(context.lines):
            return
        line = context.lines[index]
        words = tokens[line.first : line.last]
        if len(words) < 4:
            continue
        head, second, third = words[:3]
        if head.kind == "name" and second.text == "(" and words[-1].text == ":":
            name = _name_after_def(head.text)
            if name:
                yield Candidate((context.edit(head.start, head.end, f"def {name}"),), f"Write it as `def {name}`")
            elif context.brackets.partner.get(line.first + 1) == line.last - 2 and _are_parameters(words[2:-2]):
                for word in ("class", "def") if head.text[:1].isupper() else ("def", "class"):
                    yield Candidate((context.edit(head.start, head.start, f"{word} "),), f"Add `{word}`")
        elif head.text == "def" and third.text == "(" and any(token.text == "." for token in words[3:-2]):
            yield Candidate((context.edit(head.start, head.end, "class"),), "Replace `def` with `class`")
        elif head.text == "def" and second.kind == "name" and third.text == "." and words[3].kind == "name":
            yield Candidate((context.edit(second.start, third.end, ""),), f"Remove `{second.text}.` from the name")
        elif head.text == "def" and second.text == "(":
            named = context.edit(head.end, second.start, " unnamed")
            yield Candidate((named,), "Give the function a name", safety="needs-a-look")
        elif head.text in ("def", "class") and second.kind == "name" and third.text == "-":
            yield Candidate((context.edit(third.start, third.end, "_"),), "Replace `-` with `_` in the name")


def _are_parameters(tokens: list[Token]) -> bool:
    """Return whether the tokens in the parentheses can be parameters or base classes rather than a condition."""
    return all(token.kind in ("name", "number", "string", "newline") or token.text in _SIGNS for token in tokens)


def _name_after_def(word: str) -> str:
    """Return the function name of a word that starts with a glued-on `def` (`def__init__`), or an empty string."""
    name = word.removeprefix("def")
    if name == word or not name.startswith("_"):
        return ""
    bare = name.strip("_")
    special = name.endswith("_") and f"__{bare}__" in _DUNDER_NAMES
    return f"__{bare}__" if special else name.removeprefix("_") if not name.startswith("__") else name
