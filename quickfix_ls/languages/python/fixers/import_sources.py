"""Where an undefined name may come from, as far as the file's own imports tell."""

from __future__ import annotations

import re
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of, importables_of, imported_of
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.importable import Importable, Importables

_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "//", "%", "**", "|", "&", "[", "("})
_ALWAYS_THERE = frozenset({"os.path"})
"""Modules below others that importing these is enough for."""


def owners(context: Context) -> list[str]:
    """The modules, as the file can write them (`np`, `os.path`), that have the undefined name: those that the file
    takes that very name from, and else all, those first where other code does so most often."""
    return [
        *_owners(
            importables_of(context), context.snapshot.text, context.problem.name, tuple(imported_of(context).items())
        )
    ]


def is_brought(context: Context) -> bool:
    """Whether the imports of the file make it clear where the undefined name is from: from a module that it imports,
    or from one that it takes other names from; or it is itself a module that has what the code asks of it."""
    if owners(context) or _asked_of_module(context, context.problem.name):
        return True
    taken = {one.module for one in import_block(context.snapshot.text).imports if one.module}
    return any(one.member and one.module in taken for one in importable_of(context))


def fits(context: Context, one: Importable) -> bool:
    """Whether a way to import a name suits its use: nobody calls a module, looks into it by an index or counts with
    it, and what the code asks of a module of the standard library is in it."""
    index, tokens = token_at(context), context.tokens
    if one.member or index is None:
        return True
    if index + 1 < len(tokens) and tokens[index + 1].text in _OPERATORS:
        return False
    asked = _asked(context)
    members = module_members(one.module) if asked else None
    return members is None or asked in members


# Several fixers of an undefined name ask the same.
@lru_cache(maxsize=4)
def _owners(importables: Importables, text: str, name: str, imported: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    holders = importables.modules_with(name)
    written = _owners_written(text, name)
    ranked: dict[str, tuple[bool, int, int]] = {}
    for alias, module in imported:
        below = (one for one in holders if one.startswith(f"{module}."))
        reached = (one for one in below if _is_reached(importables, text, alias, module, one))
        paths = {alias: module, **{alias + one[len(module) :]: one for one in reached}}
        for path, full in paths.items():
            if path in written or full in holders or importables.has(full, name):
                place = holders.index(full) if full in holders else len(holders)
                ranked[path] = (path not in written, place, -text.count(f"{path}."))
    habits = written & ranked.keys()
    return tuple(sorted(habits or ranked, key=lambda path: ranked[path]))


def _owners_written(text: str, name: str) -> set[str]:
    """What the text asks for the name."""
    # To look through every dotted name of a long text takes much longer than to see that this one is in none.
    if f".{name}" not in text:
        return set()
    return set(re.findall(rf"(?<![\w.])([^\W\d][\w.]*)\.{re.escape(name)}(?!\w)", text))


def _is_reached(importables: Importables, text: str, alias: str, module: str, below: str) -> bool:
    """Whether a module below an imported one can be reached through it."""
    rest = below[len(module) :]
    if below in _ALWAYS_THERE or re.search(rf"(?<![\w.]){re.escape(alias + rest)}(?!\w)", text):
        return True
    # As an installed package may have a module below it as a member: `numpy` has `linalg`.
    return module_members(module) is None and importables.has(module, rest.split(".")[1])


def _asked_of_module(context: Context, name: str) -> bool:
    members = module_members(name)
    return members is not None and _asked(context) in members


def _asked(context: Context) -> str:
    """The attribute that is read of the undefined name; empty where none is."""
    index, tokens = token_at(context), context.tokens
    if index is None or index + 2 >= len(tokens) or tokens[index + 1].text != ".":
        return ""
    return tokens[index + 2].text
