"""All imports that may define an undefined name, the likeliest first, each with the edit that adds it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.file_imports import guesses, imports_of, may_have, ways_in_file
from quickfix_ls.languages.python.fixers.import_sources import fits
from quickfix_ls.languages.python.fixers.name_changes import token_at
from quickfix_ls.languages.python.fixers.name_context import importable_of, importables_of
from quickfix_ls.languages.python.import_names import extension
from quickfix_ls.languages.python.imports import ImportBlock, import_block
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.project.importable import Importable
from quickfix_ls.languages.python.project.submodules import module_to_import
from quickfix_ls.values import Edit, Span

_MAX_WAYS = 14
_DOTTED = re.compile(r"(?:[ \t]*\.[ \t]*[^\W\d]\w*)+")


def import_ways(context: Context) -> list[tuple[Importable, Edit]]:
    """Return the imports with their edits: a statement of the file is extended where one imports from that module."""
    return context.derived(_import_ways)


def way_of(context: Context, edits: tuple[Edit, ...]) -> Importable | None:
    """Return the import that a candidate's edits add; None if they do something else."""
    if len(edits) != 1:
        return None
    return next((way for way, edit in import_ways(context) if edit == edits[0]), None)


def import_title(way: Importable) -> str:
    """Return a title such as "Import `sqrt` from `math`" or "Import `numpy` as `np`"."""
    if way.member:
        alias = f" as `{way.name}`" if way.member != way.name else ""
        return f"Import `{way.member}` from `{way.module}`{alias}"
    alias = f" as `{way.name}`" if way.statement.endswith(f" as {way.name}") else ""
    return f"Import `{way.module}`{alias}"


def _import_ways(context: Context) -> list[tuple[Importable, Edit]]:
    text = context.snapshot.text
    block = import_block(text)
    ways: dict[str, Importable] = {}
    whole = set(block.modules.values())
    taken = {statement.module for statement in imports_of(text) if statement.module and statement.at_top}
    # Where the file imports a whole module, and nothing from it, its members are qualified.
    known = [way for way in _known(context) if not (way.member and way.module in whole - taken)]
    # A known member of a module from which the file imports others comes from there; of a package, perhaps from another
    # of its modules.
    extending = [way for way in known if way.member and extension(text, block, way.module, way.member) is not None]
    others = [] if any(is_standard(way) for way in extending) else [*known, *guesses(context)]
    for way in (*ways_in_file(context), *extending, *others):
        if fits(context, way) and not _is_private(way) and not _is_bound_otherwise(text, way):
            loading = _loading(context, way)
            ways.setdefault(loading.statement, loading)
    made = [(way, _edit(text, block, way)) for way in ways.values()]
    return list(dict.fromkeys(made))[:_MAX_WAYS]


def _known(context: Context) -> Iterator[Importable]:
    """Yield the known importables that fit the use, those that extend an import of the file first."""
    imported = {statement.module for statement in imports_of(context.snapshot.text) if statement.module}
    found = [_as_written(context, way, imported) for way in importable_of(context) if _is_known_use(context, way)]
    ranked = _by_use(context, found)
    yield from sorted(ranked, key=lambda way: not (way.member and way.module in imported))


def _as_written(context: Context, way: Importable, imported: set[str]) -> Importable:
    """Return the import from a module of the workspace as the file writes that module, if it imports from it by a
    relative name."""
    if not way.member or way.module in imported or not importables_of(context).is_own(way.module):
        return way
    for module in sorted(imported):
        path = module.lstrip(".")
        if module.startswith(".") and path and f".{way.module}".endswith(f".{path}"):
            return replace(way, statement=f"from {module} import {way.member}", module=module)
    return way


def _is_known_use(context: Context, way: Importable) -> bool:
    """Return whether people import the name so: not a member of the standard library that nobody imports by itself,
    unless the file imports from that module; and not one that a module of the workspace only seems to define."""
    if not way.member:
        return True
    if is_standard(way):
        imported = {statement.module for statement in imports_of(context.snapshot.text)}
        members = module_members(way.module)
        if members is not None and way.member not in members:
            return False
        return way.popularity > 0 or way.module in imported
    return may_have(context, way.module, way.member)


def _loading(context: Context, way: Importable) -> Importable:
    """Return the import of a package that also loads the module that the code reads from it: `import xml.dom.minidom`
    for `xml.dom.minidom.parse`."""
    if way.member or way.module != way.name:
        return way
    read = _DOTTED.match(context.snapshot.text, context.problem.span.end)
    parts = read[0].split(".")[1:] if read is not None else []
    known = importables_of(context)
    module = module_to_import(way.module, map(str.strip, parts), (*known.packages, *known.roots))
    return replace(way, statement=f"import {module}", module=module)


def is_standard(way: Importable) -> bool:
    """Return whether an import is from the standard library."""
    return way.module.partition(".")[0] in sys.stdlib_module_names


def _is_private(way: Importable) -> bool:
    """Return whether an import is from a private module of the standard library or of an installed package."""
    return any(part.startswith("_") for part in way.module.lstrip(".").split(".")) and way.popularity > 0


def _is_bound_otherwise(text: str, way: Importable) -> bool:
    """Return whether the file already imports this module, or this member, under another name."""
    wanted = (way.module, way.member) if way.member else ("", way.module)
    return any(
        (statement.module, member) == wanted and alias not in (way.name, member.partition(".")[0])
        for statement in imports_of(text)
        if statement.at_top
        for member, alias in statement.names
    )


def _edit(text: str, block: ImportBlock, way: Importable) -> Edit:
    extended = extension(text, block, way.module, way.member) if way.member == way.name else None
    if extended is not None:
        return extended
    return Edit(Span(block.place, block.place), block.before + way.statement + block.after)


def _by_use(context: Context, found: list[Importable]) -> list[Importable]:
    """Sort importables so that those that match the use come first, otherwise keeping the order by frequency.

    A module cannot be called, and `datetime.now` is not a member of the module `datetime`.
    """
    index = token_at(context)
    if index is None or index + 1 >= len(context.tokens):
        return found
    following = context.tokens[index + 1].text
    if following == "(":
        return sorted(found, key=lambda importable: not importable.member)
    if following == "." and index + 2 < len(context.tokens):
        holders = importables_of(context).modules_with(context.tokens[index + 2].text)
        return sorted(
            found,
            key=lambda importable: bool(importable.member) if importable.module in holders else not importable.member,
        )
    return found
