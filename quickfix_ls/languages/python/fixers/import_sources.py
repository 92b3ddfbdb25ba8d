"""Finds the modules that an undefined name may come from, based on the file's own imports."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of, importables_of, imported_of
from quickfix_ls.languages.python.imports import import_block
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.importable import Importable, Importables
from quickfix_ls.languages.python.project.stdlib_history import existed

_OPERATORS = frozenset({"==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "//", "%", "**", "|", "&", "[", "("})
_LONGEST = 80
_DOTTED_BEFORE = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\Z")
_LOADED_WITH_PARENT = frozenset({"os.path"})
"""Submodules that are available as soon as their parent module is imported."""


def owning_modules(context: Context) -> list[str]:
    """Return the imported modules that have the undefined name as a member, as the file can spell them (`np`,
    `os.path`).

    If the file already reads the name from some of them (`math.sqrt`), only those are returned; otherwise all, the
    likeliest source of the name first.
    """
    return [
        *_owning_modules(
            importables_of(context), context.snapshot.text, context.problem.name, tuple(imported_of(context).items())
        )
    ]


def is_explained_by_imports(context: Context) -> bool:
    """Return whether the file's imports show the source of the undefined name.

    True if an imported module has it, if the file imports other names from a module that has it, or if the name is
    itself a standard-library module with the attribute that the code reads.
    """
    if owning_modules(context) or _is_read_from_module(context, context.problem.name):
        return True
    imported = {statement.module for statement in import_block(context.snapshot.text).imports if statement.module}
    return any(importable.member and importable.module in imported for importable in importable_of(context))


def is_exported_by_used_package(context: Context) -> bool:
    """Return whether a package that the file imports from is known to export the undefined name."""
    used = {module.partition(".")[0] for module in imported_of(context).values()}
    ways = (way for way in importable_of(context) if way.member == context.problem.name)
    return any(way.module.partition(".")[0] in used for way in ways)


def fits(context: Context, importable: Importable) -> bool:
    """Return whether an importable matches how the name is used.

    A module is never called, indexed or an operand, and a standard-library module must have the attribute that the code
    reads, in some version. A member of a module always fits.
    """
    index, tokens = token_at(context), context.tokens
    if importable.member or index is None:
        return True
    if index + 1 < len(tokens) and tokens[index + 1].text in _OPERATORS:
        return False
    attribute = _attribute_read(context)
    members = module_members(importable.module) if attribute else None
    return members is None or attribute in members or existed(importable.module, attribute)


# Several fixers ask for the same undefined name.
@lru_cache(maxsize=4)
def _owning_modules(
    importables: Importables, text: str, name: str, imported: tuple[tuple[str, str], ...]
) -> tuple[str, ...]:
    holders = importables.modules_with(name)
    written = set(written_prefixes(text, name))
    ranked: dict[str, tuple[bool, int, int]] = {}
    for alias, module in imported:
        below = (submodule for submodule in holders if submodule.startswith(f"{module}."))
        reached = (submodule for submodule in below if _is_reached(importables, text, alias, module, submodule))
        paths = {alias: module, **{alias + submodule[len(module) :]: submodule for submodule in reached}}
        for path, full in paths.items():
            if path in written or full in holders or importables.has(full, name):
                place = holders.index(full) if full in holders else len(holders)
                ranked[path] = (path not in written, place, -text.count(f"{path}."))
    habits = written & ranked.keys()
    return tuple(sorted(habits or ranked, key=lambda path: ranked[path]))


def written_prefixes(text: str, name: str) -> list[str]:
    """Return the dotted prefixes that the source text puts before the name (`a.b` for `a.b.name`), the most frequent
    first."""
    # A substring test is much faster than matching every dotted name of a long text.
    if f".{name}" not in text:
        return []
    found: Counter[str] = Counter()
    for match in re.finditer(rf"\.{re.escape(name)}(?!\w)", text):
        before = _DOTTED_BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
        found.update((before[1],) if before is not None else ())
    return [prefix for prefix, _ in found.most_common()]


def _is_reached(importables: Importables, text: str, alias: str, module: str, below: str) -> bool:
    """Return whether importing a module also makes its submodule `below` available as an attribute."""
    rest = below[len(module) :]
    if below in _LOADED_WITH_PARENT or re.search(rf"(?<![\w.]){re.escape(alias + rest)}(?!\w)", text):
        return True
    # An installed package may import its own submodules: `numpy` has `linalg`.
    return module_members(module) is None and importables.has(module, rest.split(".")[1])


def _is_read_from_module(context: Context, name: str) -> bool:
    members = module_members(name)
    return members is not None and _attribute_read(context) in members


def _attribute_read(context: Context) -> str:
    """Return the attribute that is read from the undefined name (`b` in `name.b`), or an empty string."""
    index, tokens = token_at(context), context.tokens
    if index is None or index + 2 >= len(tokens) or tokens[index + 1].text != ".":
        return ""
    return tokens[index + 2].text
