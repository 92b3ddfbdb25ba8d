"""Misspell members and arguments where they are used in correct files; further functions for the table of `typos`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence
from random import Random

from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, type_members
from quickfix_ls.training.typos import SHORTEST, File, Typo, way

MEMBER_WAYS = ("module_member", "own_attribute", "keyword_argument", "method_of_type")

_METHODS = frozenset().union(*(type_members(name) or () for name in ("dict", "list", "set", "str")))


@way(0.15)
def module_member(file: File, rng: Random) -> Typo | None:
    """Mistype a member of a module of the standard library, where it is read or imported."""
    modules = {
        alias.asname or alias.name
        for node in file.nodes
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.partition(".")[0] in sys.stdlib_module_names
    }
    found: list[tuple[ast.AST, str]] = [
        (node, node.attr) for node in _attributes(file) if isinstance(node.value, ast.Name) and node.value.id in modules
    ]
    found += [
        (alias, alias.name)
        for node in file.nodes
        if isinstance(node, ast.ImportFrom) and not node.level and node.module in sys.stdlib_module_names
        for alias in node.names
        # Only an import under an alias can be misspelt alone; any other name is used below in its right spelling.
        if alias.asname
    ]
    return _mistyped(file, rng, found)


@way(0.2)
def own_attribute(file: File, rng: Random) -> Typo | None:
    """Mistype an attribute or a method of `self`, where it is read."""
    nodes = (node for node in _attributes(file) if isinstance(node.value, ast.Name) and node.value.id == "self")
    return _mistyped(file, rng, [(node, node.attr) for node in nodes])


@way(0.1)
def keyword_argument(file: File, rng: Random) -> Typo | None:
    """Mistype an argument's name in a call of a function of the file, or of a builtin one."""
    known = {node.name for node in file.tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    known |= PARAMETERS.keys()
    found = [
        (keyword, keyword.arg)
        for node in file.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known
        for keyword in node.keywords
        if keyword.arg
    ]
    return _mistyped(file, rng, found)


@way(0.1)
def method_of_type(file: File, rng: Random) -> Typo | None:
    """Mistype a method of a list, a dictionary, a set or a string."""
    nodes = (node for node in _attributes(file) if node.attr in _METHODS and not isinstance(node.value, ast.Attribute))
    return _mistyped(file, rng, [(node, node.attr) for node in nodes])


def imported_member(file: File, rng: Random) -> Typo | None:
    """Mistype a name where it is imported from a module. Used for evaluation only, not for training."""
    found = [
        (alias, alias.name)
        for node in file.nodes
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
        if alias.name != "*"
    ]
    return _mistyped(file, rng, found)


def imported_keyword(file: File, rng: Random) -> Typo | None:
    """Mistype an argument's name in a call of an imported function or class, or of one in an imported module.

    Used for evaluation only, not for training.
    """
    imported = {
        (item.asname or item.name).partition(".")[0]
        for node in file.nodes
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for item in node.names
    }
    found = [
        (item, item.arg)
        for node in file.nodes
        if isinstance(node, ast.Call) and _first_name(node.func) in imported
        for item in node.keywords
        if item.arg
    ]
    return _mistyped(file, rng, found)


def _first_name(node: ast.expr) -> str:
    """Return the name that a dotted expression begins with; an empty string if it begins with anything else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _attributes(file: File) -> Iterable[ast.Attribute]:
    return (node for node in file.nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load))


def _mistyped(file: File, rng: Random, found: Sequence[tuple[ast.AST, str]]) -> Typo | None:
    long = [(node, name) for node, name in found if len(name) >= SHORTEST and not name.startswith("__")]
    if not long:
        return None
    node, right = rng.choice(long)
    wrong = mistype(right, rng)
    start = _start(file, node, right)
    if wrong == right or not wrong.isidentifier() or file.text[start : start + len(right)] != right:
        return None
    return Typo(start, start + len(right), wrong, wrong, file.text.count("\n", 0, start) + 1)


def _start(file: File, node: ast.AST, word: str) -> int:
    """Return the offset of a word that is the end of an attribute, or the beginning of any other node."""
    if isinstance(node, ast.Attribute):
        return file.offset(node.end_lineno or node.lineno, node.end_col_offset or 0) - len(word)
    return file.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
