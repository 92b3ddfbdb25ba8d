"""Names in pieces of code: what binds and reads them, and pieces with another name in its place."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair
from quickfix_ls.languages.python.breaking.everyday.code_blocks import tree_of
from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.languages.python.names.scopes import names_of

_BUILTINS = frozenset(dir(builtins))


def below_imports(text: str, line: str, rng: Random) -> Pair:
    """Return the pair in which the import `line` is missing above the text, beside others or not."""
    others = [other for other in ("import os\n", "import sys\n", "import re\n") if other.split()[1] not in line]
    others = rng.sample(others, rng.choice((0, 0, 1, 2)))
    gap = "\n\n" if text.lstrip().startswith(("def ", "class ", "@")) else "\n"
    broken = "".join(sorted(others)) + (gap if others else "") + text
    return Pair(broken, "".join(sorted([*others, line])) + gap + text)


def with_near_local(text: str, name: str, rng: Random) -> str:
    """Return the text with a parameter renamed so that it is nearly called like `name`."""
    near = rng.choice((name.lower(), f"{name.lower()}s", f"{name.lower()}_", f"{name.lower()[:-1]}"))
    found = sorted(set(re.findall(r"\bdef[ \t]+\w+\((?:self,[ \t]*)?(\w+)\b", text)))
    words = words_of(text)
    if not found or near == name or near in words or near in KEYWORDS or not near.isidentifier():
        return text
    old = rng.choice(found)
    if old in ("self", "cls", name) or old in _BUILTINS:
        return text
    return re.sub(rf"(?<![\w.\"']){re.escape(old)}(?!\w|[ \t]*=(?!=))", near, text)


def local_of(code: Code, rng: Random) -> str | None:
    """Return a name that a function of the code, or its top level, binds, and that is read at most a few times."""
    names = sorted(name for name in bound_names(code) if len(name) > 1 and name not in ("self", "cls", "_"))
    return rng.choice(names) if names else None


def uses_of(code: Code, name: str) -> tuple[list[int], list[int]]:
    """Return the offsets at which the code binds a name, and those at which it reads it; nothing if it does more with
    it (attributes, keyword arguments and strings aside)."""
    places = Places(code.text)
    bindings: list[int] = []
    reads: list[int] = []
    for node in walk(code):
        if isinstance(node, ast.Name) and node.id == name:
            (reads if isinstance(node.ctx, ast.Load) else bindings).append(places.of(node).start)
        elif isinstance(node, ast.arg) and node.arg == name:
            bindings.append(places.offset(node.lineno, node.col_offset))
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name:
            start = places.offset(node.lineno, node.col_offset)
            bindings.append(code.text.index(name, start))
        elif _binds_otherwise(node, name):
            return [], []
    augmented = {
        places.of(n.target).start for n in walk(code) if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Name)
    }
    if augmented & set(bindings):
        return [], []
    return bindings, reads


def _binds_otherwise(node: ast.AST, name: str) -> bool:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return any(name in (alias.name, alias.asname) for alias in node.names)
    if isinstance(node, (ast.Global, ast.Nonlocal)):
        return name in node.names
    return isinstance(node, ast.ExceptHandler) and node.name == name


def other_name(name: str, rng: Random) -> str:
    """Return a name that its author might have chosen instead."""
    words = name.strip("_").split("_")
    ways = [name + "s", f"{name}_list", f"new_{name}", f"{name}_", f"my_{name}", f"{name}2", mistype(name, rng)]
    if len(words) > 1:
        ways += [words[0], words[-1], "_".join(reversed(words)), "_".join(words[:-1])]
    if len(name) > 4:
        ways += [name[:3], name[:1], re.sub(r"(?<=.)[aeiou]", "", name)]
    if name.endswith("s"):
        ways.append(name[:-1])
    ways = [way for way in ways if way.isidentifier() and way not in KEYWORDS and way not in _BUILTINS and way != name]
    return rng.choice(ways or [f"{name}_"])


def other_style(name: str, rng: Random) -> str:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    camel = words[0].lower() + "".join(word.capitalize() for word in words[1:]) if words else name
    ways = ["_".join(words).lower(), camel, "".join(map(str.capitalize, words)), name.upper(), name.lower()]
    ways = [way for way in ways if way and way != name]
    return rng.choice(ways) if ways else name


def replaced(text: str, places: Iterable[int], length: int, new: str) -> str:
    for start in sorted(set(places), reverse=True):
        text = text[:start] + new + text[start + length :]
    return text


def walk(code: Code) -> Iterator[Any]:
    return ast.walk(tree_of(code.text))


def bound_names(code: Code) -> frozenset[str]:
    """Return all names that the code binds in any scope, those of imports aside."""
    found: set[str] = set()
    for node in walk(code):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
    return frozenset(found)


def defines(code: Code, name: str) -> bool:
    return re.search(rf"\bdef[ \t]+{name}\b", code.text) is not None


def free_names(text: str) -> frozenset[str]:
    return frozenset(free.name for free in names_of(text).free)


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))
