"""Ways in which members and arguments come to be misspelt, where they are used in correct files. See `typos`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Sequence
from random import Random

from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.python.members.stdlib_members import PARAMETERS, type_members
from quickfix_ls.training.typos import SHORTEST, File, Slip, way

MEMBER_WAYS = ("module_member", "own_attribute", "keyword_argument", "method_of_type")

_METHODS = frozenset().union(*(type_members(name) or () for name in ("dict", "list", "set", "str")))


@way(0.15)
def module_member(file: File, rng: Random) -> Slip | None:
    """Mistype a member of a module of the standard library, where it is read or imported."""
    modules = {
        one.asname or one.name
        for node in file.nodes
        if isinstance(node, ast.Import)
        for one in node.names
        if one.name.partition(".")[0] in sys.stdlib_module_names
    }
    found: list[tuple[ast.AST, str]] = [
        (node, node.attr) for node in _attributes(file) if isinstance(node.value, ast.Name) and node.value.id in modules
    ]
    found += [
        (one, one.name)
        for node in file.nodes
        if isinstance(node, ast.ImportFrom) and not node.level and node.module in sys.stdlib_module_names
        for one in node.names
        # An import under another name is misspelt alone; any other one is used under its right name below.
        if one.asname
    ]
    return _mistyped(file, rng, found)


@way(0.2)
def own_attribute(file: File, rng: Random) -> Slip | None:
    """Mistype an attribute or a method of `self`, where it is read."""
    nodes = (node for node in _attributes(file) if isinstance(node.value, ast.Name) and node.value.id == "self")
    return _mistyped(file, rng, [(node, node.attr) for node in nodes])


@way(0.1)
def keyword_argument(file: File, rng: Random) -> Slip | None:
    """Mistype an argument's name in a call of a function of the file, or of a builtin one."""
    known = {node.name for node in file.tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    known |= PARAMETERS.keys()
    found = [
        (one, one.arg)
        for node in file.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in known
        for one in node.keywords
        if one.arg
    ]
    return _mistyped(file, rng, found)


@way(0.1)
def method_of_type(file: File, rng: Random) -> Slip | None:
    """Mistype a method of a list, a dictionary, a set or a text."""
    nodes = (node for node in _attributes(file) if node.attr in _METHODS and not isinstance(node.value, ast.Attribute))
    return _mistyped(file, rng, [(node, node.attr) for node in nodes])


def imported_member(file: File, rng: Random) -> Slip | None:
    """Mistype a name where it is imported from a module. For measuring: no model is trained on it."""
    found = [
        (one, one.name)
        for node in file.nodes
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for one in node.names
        if one.name != "*"
    ]
    return _mistyped(file, rng, found)


def imported_keyword(file: File, rng: Random) -> Slip | None:
    """Mistype an argument's name in a call of a function or class that is imported, or of one in an imported module.
    For measuring, like the one above."""
    imported = {
        (one.asname or one.name).partition(".")[0]
        for node in file.nodes
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for one in node.names
    }
    found = [
        (one, one.arg)
        for node in file.nodes
        if isinstance(node, ast.Call) and _first_name(node.func) in imported
        for one in node.keywords
        if one.arg
    ]
    return _mistyped(file, rng, found)


def _first_name(node: ast.expr) -> str:
    """The name that a dotted expression begins with; empty where it begins with something else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _attributes(file: File) -> Iterable[ast.Attribute]:
    return (node for node in file.nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load))


def _mistyped(file: File, rng: Random, found: Sequence[tuple[ast.AST, str]]) -> Slip | None:
    long = [(node, name) for node, name in found if len(name) >= SHORTEST and not name.startswith("__")]
    if not long:
        return None
    node, right = rng.choice(long)
    wrong = mistype(right, rng)
    start = _start(file, node, right)
    if wrong == right or not wrong.isidentifier() or file.text[start : start + len(right)] != right:
        return None
    return Slip(start, start + len(right), wrong, wrong, file.text.count("\n", 0, start) + 1)


def _start(file: File, node: ast.AST, word: str) -> int:
    """Where the word begins that an attribute ends with and any other node begins with."""
    if isinstance(node, ast.Attribute):
        return file.offset(node.end_lineno or node.lineno, node.end_col_offset or 0) - len(word)
    return file.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
