"""Where an undefined name may come from, as far as the file's own imports tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.analysis.importable import Importable
from quickfix_ls.analysis.known import module_members
from quickfix_ls.candidates.names import token_at
from quickfix_ls.context import Context
from quickfix_ls.languages.python.imports import import_block

_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "//", "%", "**", "|", "&", "[", "("})
_ALWAYS_THERE = frozenset({"os.path"})
"""Modules below others that importing these is enough for."""


def owners(context: Context) -> list[str]:
    """The modules, as the file can write them (`np`, `os.path`), that have the undefined name: those that the file
    takes that very name from, and else all, those first where other code does so most often."""
    return _owners(context, context.problem.name) if context.importables is not None else []


def is_brought(context: Context) -> bool:
    """Whether the imports of the file make it clear where the undefined name is from: from a module that it imports,
    or from one that it takes other names from; or it is itself a module that has what the code asks of it."""
    if context.importables is None:
        return False
    if owners(context) or _asked_of_module(context, context.problem.name):
        return True
    taken = {one.module for one in import_block(context.snapshot.text).imports if one.module}
    return any(one.member and one.module in taken for one in context.importables.for_name(context.problem.name))


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


def _owners(context: Context, name: str) -> list[str]:
    importables, text = context.importables, context.snapshot.text
    assert importables is not None
    holders = importables.modules_with(name)
    written = set(re.findall(rf"(?<![\w.])([^\W\d][\w.]*)\.{re.escape(name)}(?!\w)", text))
    ranked: dict[str, tuple[bool, int, int]] = {}
    for alias, module in context.imported.items():
        paths = {alias: module, **{alias + one[len(module) :]: one for one in _below(context, alias, module, holders)}}
        for path, full in paths.items():
            if path in written or full in holders or importables.has(full, name):
                place = holders.index(full) if full in holders else len(holders)
                ranked[path] = (path not in written, place, -text.count(f"{path}."))
    habits = written & ranked.keys()
    return sorted(habits or ranked, key=lambda path: ranked[path])


def _below(context: Context, alias: str, module: str, holders: list[str]) -> Iterator[str]:
    """The modules below an imported one that can be reached through it, and may have the name."""
    importables, text = context.importables, context.snapshot.text
    assert importables is not None
    for holder in holders:
        if not holder.startswith(f"{module}."):
            continue
        rest = holder[len(module) :]
        is_used = re.search(rf"(?<![\w.]){re.escape(alias + rest)}(?!\w)", text) is not None
        if is_used or holder in _ALWAYS_THERE or _names_submodule(context, module, rest):
            yield holder


def _names_submodule(context: Context, module: str, rest: str) -> bool:
    """Whether an installed package has a module below it as a member, as `numpy` has `linalg`."""
    assert context.importables is not None
    return module_members(module) is None and context.importables.has(module, rest.split(".")[1])


def _asked_of_module(context: Context, name: str) -> bool:
    members = module_members(name)
    return members is not None and _asked(context) in members


def _asked(context: Context) -> str:
    """The attribute that is read of the undefined name; empty where none is."""
    index, tokens = token_at(context), context.tokens
    if index is None or index + 2 >= len(tokens) or tokens[index + 1].text != ".":
        return ""
    return tokens[index + 2].text
