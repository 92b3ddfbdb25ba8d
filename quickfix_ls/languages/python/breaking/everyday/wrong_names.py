"""Everyday errors of names that Python does not take: keywords, names with spaces, names with dashes."""

from __future__ import annotations

import ast
import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.code_blocks import Function, tree_of
from quickfix_ls.languages.python.lexer import KEYWORDS

_RESERVED = ("class", "class", "from", "from", "in", "lambda", "import", "is", "global", "pass", "with", "as", "or",
             "and", "del", "def", "try", "return", "raise", "async", "if", "for", "while", "continue",
             "assert")  # fmt: skip
_FIRST = ("my", "first", "last", "user", "total", "max", "new", "old", "file", "item")


@everyday
def reserved_name(code: Code, rng: Random) -> Pair | None:
    """Call a variable or a parameter by a keyword, everywhere; the right text has an underscore behind it."""
    name = _own_name(code, rng)
    word = rng.choice(_RESERVED)
    if not name or f"{word}_" in code.text:
        return None
    return Pair(_renamed(code, name, word), _renamed(code, name, f"{word}_"))


@everyday
def name_with_space(code: Code, rng: Random) -> Pair | None:
    """Write a name with a space in place of its underscore, everywhere."""
    return _separated(code, rng, " ")


@everyday
def name_with_dash(code: Code, rng: Random) -> Pair | None:
    """Write a name with a dash in place of its underscore, everywhere."""
    return _separated(code, rng, "-")


def _separated(code: Code, rng: Random, sign: str) -> Pair | None:
    name = _own_name(code, rng)
    if not name:
        return None
    right = name
    if not re.fullmatch(r"[a-z]+(?:_[a-z]+)+", name):
        right = f"{rng.choice(_FIRST)}_{name}"
        if not re.fullmatch(r"[a-z]+(?:_[a-z]+)+", right) or right in code.text:
            return None
    if set(right.split("_")) & KEYWORDS:
        return None
    return Pair(_renamed(code, name, right.replace("_", sign)), _renamed(code, name, right))


def _own_name(code: Code, rng: Random) -> str:
    """Return a name that the code binds by an assignment, a loop, or as a parameter, and uses nowhere else."""
    names: set[str] = set()
    for node in ast.walk(tree_of(code.text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, Function):
            names |= {argument.arg for argument in node.args.args}
    strings = " ".join(token.text for token in code.tokens if token.kind == "string")
    names = {name for name in names - {"self", "cls", "_"} if name not in strings}
    attributes = {node.attr for node in ast.walk(tree_of(code.text)) if isinstance(node, ast.Attribute)}
    keywords = {node.arg for node in ast.walk(tree_of(code.text)) if isinstance(node, ast.keyword)}
    fitting = sorted(names - attributes - {word for word in keywords if word})
    return rng.choice(fitting) if fitting else ""


def _renamed(code: Code, name: str, new: str) -> str:
    text = code.text
    for token in reversed(code.tokens):
        if token.kind == "name" and token.text == name:
            text = text[: token.start] + new + text[token.end :]
    return text
