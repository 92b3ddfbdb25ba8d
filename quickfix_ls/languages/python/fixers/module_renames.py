"""Edits that import another module in place of a missing one, and read its members from there."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.call_templates import filled, is_name
from quickfix_ls.languages.python.fixers.import_changes import exchanged_module
from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree, reference_tree
from quickfix_ls.languages.python.fixers.renaming import Rename
from quickfix_ls.languages.python.fixers.spelling import Spelling, split
from quickfix_ls.languages.python.imports import Import
from quickfix_ls.values import Edit, Span

Destination = Callable[[str], str]
"""Returns the new dotted name, or template, of a module or of a member of it; empty if there is none."""


def module_renames(context: Context, statement: Import, old: str, where: Destination) -> Iterator[Rename]:
    """Yield the changes that replace a module in an import statement: by its new name throughout the file, and, for a
    statement without `as`, by an import under the old name."""
    tree, new = reference_tree(context), where(old)
    text = context.snapshot.text[statement.start : statement.end]
    found = re.search(rf"(?<![\w.]){re.escape(old)}(?!\w)(?P<alias>\s+as\s+\w+)?", text)
    if found is None:
        return
    place = Span(statement.start + found.start(), statement.start + found.start() + len(old))
    title = f"Import `{new}` in place of `{old}`"
    if statement.module:
        below = statement.module[len(old) :]
        targets = {alias: where(f"{statement.module}.{name}") for name, alias in statement.names if name != "*"}
        if new and all(targets[alias] == f"{new}{below}.{name}" for name, alias in statement.names if name != "*"):
            yield Rename((Edit(place, new),), title.replace("Import", "Import from"))
        elif change := _with_members(context, tree, statement, targets):
            yield Rename(
                change, f"Import from {_listed(split(target)[0] for target in targets.values())} in place of `{old}`"
            )
        return
    reads = _members(tree, old)
    is_whole = bool(new) and all(where(f"{old}.{node.attr}") == f"{new}.{node.attr}" for node in reads)
    if found["alias"]:
        if is_whole:
            is_same = found["alias"].split()[-1] == new
            yield Rename(
                (Edit(Span(place.start, place.end + len(found["alias"]) if is_same else place.end), new),), title
            )
        return
    is_passed_on = any(not isinstance(tree.parents.get(node), ast.Attribute) for node in tree.names(old))
    if not reads and is_whole:
        yield Rename((Edit(place, new),), title)
    elif reads and not is_passed_on and (found_reads := _of_reads(context, tree, old, reads, where)):
        modules, edits = found_reads
        yield Rename(edits, f"Import {_listed(modules)} in place of `{old}`" if modules else f"Read without `{old}`")
    if is_whole and "." not in old:
        yield Rename((Edit(place, f"{new} as {old}"),), f"Import `{new} as {old}`")


def _with_members(
    context: Context, tree: ReferenceTree, statement: Import, targets: dict[str, str]
) -> tuple[Edit, ...] | None:
    """Change `from old import a, b` where the members go to different places, or get other names."""
    whole = context.snapshot.text
    indent = whole[whole.rfind("\n", 0, statement.start) + 1 : statement.start]
    if indent.strip() or "#" in whole[statement.start : statement.end] or not targets:
        return None
    edits: list[Edit] = []
    lines: dict[str, dict[str, None]] = {}
    for name, alias in statement.names:
        target = targets.get(alias, "")
        module, rest = split(target)
        if not target or alias in tree.bound_otherwise:
            return None
        if module and is_name(rest):
            bound = rest if alias == name else alias
            lines.setdefault(module, {})[rest if bound == rest else f"{rest} as {bound}"] = None
            edits += [Edit(tree.span(node), bound) for node in tree.names(alias) if alias != bound]
            continue
        spelling = Spelling({}, by_name=True)
        changes = [filled(tree, node, target, spelling) for node in tree.names(alias)]
        if None in changes:
            return None
        edits += filter(None, changes)
        for needed, member in spelling.missing:
            lines.setdefault(needed, {})[member] = None
    statements = [f"from {module} import {', '.join(members)}" for module, members in lines.items()]
    if not statements:
        return None
    edits.append(Edit(Span(statement.start, statement.end), f"\n{indent}".join(statements)))
    return tuple(sorted(edits))


def _of_reads(
    context: Context, tree: ReferenceTree, old: str, reads: list[ast.Attribute], where: Destination
) -> tuple[list[str], tuple[Edit, ...]] | None:
    """Change `import old` and all reads of its members; return the modules to import instead, and the edits."""
    bound = old.partition(".")[0]
    spelling = Spelling({name: dotted for name, dotted in tree.imports.items() if name != bound})
    edits: list[Edit] = []
    for node in reads:
        target = where(f"{old}.{node.attr}")
        edit = filled(tree, node, target, spelling) if target else None
        if edit is None:
            return None
        edits.append(edit)
    modules = sorted(module for module, _ in spelling.missing)
    exchanged = exchanged_module(context.snapshot.text, tree, lambda alias: alias.name == old, modules)
    return (modules, tuple(sorted([*edits, *exchanged]))) if exchanged else None


def _members(tree: ReferenceTree, module: str) -> list[ast.Attribute]:
    """Return the reads of members of a module."""
    found = (node for node in tree.all(ast.Attribute) if isinstance(node.ctx, ast.Load))
    return [node for node in found if tree.dotted(node.value) == module]


def _listed(modules: Iterator[str] | list[str]) -> str:
    return " and ".join(f"`{module}`" for module in dict.fromkeys(modules) if module)
