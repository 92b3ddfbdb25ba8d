"""Edits that apply a rename to a file: at all reads of a member, in its import, in a call of a method, at an
argument."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.call_templates import filled, is_name
from quickfix_ls.languages.python.fixers.import_changes import exchanged_module, exchanged_name
from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree, expression_at, reference_tree
from quickfix_ls.languages.python.fixers.spelling import Spelling, import_edits, split
from quickfix_ls.languages.python.imports import Import, import_at
from quickfix_ls.languages.python.project.packages import Renamed
from quickfix_ls.values import Edit, Span

_MAX_QUOTED = 60


class Rename(NamedTuple):
    """The edits of a rename, and what it does, in the code's words."""

    edits: tuple[Edit, ...]
    title: str


def renames_for(context: Context, found: Renamed) -> Iterator[Rename]:
    """Yield the changes that replace the name at the problem, one for each alternative that can be applied."""
    tree = reference_tree(context)
    statement = import_at(context.snapshot.text, context.problem.span.start)
    for new in found.new:
        if found.kind == "arguments":
            change = _of_argument(context, tree, new)
        elif found.kind == "methods":
            change = _of_method(context, tree, new)
        elif statement is not None:
            change = _of_import(context, tree, statement, found, new)
        else:
            change = _of_reads(context, tree, found, new)
        if change is not None and all(first.span.end <= second.span.start for first, second in pairwise(change.edits)):
            yield change


# -- members of modules --------------------------------------------------------------------------------------------


def _of_reads(context: Context, tree: ReferenceTree, found: Renamed, new: str) -> Rename | None:
    """Replace all reads of a member that are written like the one at the problem."""
    here = expression_at(tree, context.problem.span)
    if here is None:
        return None
    nodes = [node for node in tree.reads(found.old) if tree.source(node) == tree.source(here)] or [here]
    spelling = Spelling(tree.imports)
    if found.kind == "modules":
        edits = [Edit(tree.span(node), spelling.of_module(new)) for node in nodes]
    else:
        edits = [edit for node in nodes if (edit := _filled(tree, node, new, found, spelling)) is not None]
    own = next((edit for edit in edits if _contains(edit.span, context.problem.span)), None)
    if own is None:
        return None
    edits = [edit for edit in edits if edit is own or not _contains(edit.span, own.span)]
    changed = _sorted([*edits, *_imports(context, tree, nodes if len(edits) == len(nodes) else [], spelling)])
    return Rename(changed, _replacement(context, own, len(edits)))


def _filled(tree: ReferenceTree, node: ast.expr, new: str, found: Renamed, spelling: Spelling) -> Edit | None:
    """Apply a template, or, if the arguments do not fit it, the first other one that they fit."""
    ways = [new, *(other for other in found.new if "{" in new and other != new)]
    return next(filter(None, (filled(tree, node, way, spelling) for way in ways)), None)


def _imports(context: Context, tree: ReferenceTree, gone: list[ast.expr], spelling: Spelling) -> list[Edit]:
    """Return the edits for the imports that the new names need: in place of the import of the old module if nothing
    is read from it but what is `gone`, else beside it."""
    names = {node.id for expression in gone for node in ast.walk(expression) if isinstance(node, ast.Name)}
    if spelling.missing and len(names) == 1 and len(tree.names(*names)) == len(gone):
        modules = [module for module, member in spelling.missing if not member]
        (name,) = names
        edits = exchanged_module(
            context.snapshot.text, tree, lambda alias: alias.name.partition(".")[0] == name, modules
        )
        if edits:
            return edits
    return import_edits(context, spelling.missing)


def _of_import(context: Context, tree: ReferenceTree, statement: Import, found: Renamed, new: str) -> Rename | None:
    """Replace the import of a member, and its reads where the name changes."""
    old_module, _, last = found.old.rpartition(".")
    bound = next((alias for name, alias in statement.names if name == last), "")
    if statement.module != old_module or not bound:
        return None
    reads = [node for node in tree.names(bound) if bound not in tree.bound_otherwise]
    imports = {name: dotted for name, dotted in tree.imports.items() if name != bound}
    spelling, (module, rest) = Spelling(imports, by_name=True), split(new)
    edits: list[Edit] = []
    if found.kind == "modules" or (bound != last and is_name(rest) and module):
        # What has a name of its own in the file keeps it.
        member = rest if bound in (last, rest) else f"{rest} as {bound}"
        if not module:
            module, member = member, ""
        spelling.missing[module, member] = None
        edits = [Edit(tree.span(node), rest) for node in reads if bound == last != rest]
    elif not reads and module:
        spelling.missing[module, rest.partition(".")[0]] = None
    else:
        changes = [filled(tree, node, new, spelling) for node in reads]
        edits = [edit for edit in changes if edit is not None]
        if len(edits) < len(changes):
            return None
        edits = [edit for edit in edits if edit.text != bound]
    exchanged = exchanged_name(context.snapshot.text, statement, last, spelling.missing)
    if exchanged is None:
        return None
    return Rename(_sorted([*exchanged, *edits]), _import_title(old_module, last, *split(new)))


def _import_title(old_module: str, old: str, module: str, rest: str) -> str:
    member = rest.partition(".")[0]
    if not module and rest == old:
        return f"Import `{old}` alone, not from `{old_module}`"
    if not is_name(rest) or not module or module == old_module:
        return f"Replace `{old}` with `{rest}`" if is_name(rest) else f"Replace `{old}`"
    if member == old:
        return f"Import `{old}` from `{module}` in place of `{old_module}`"
    return f"Import `{member}` from `{module}` in place of `{old}` from `{old_module}`"


# -- methods and arguments -------------------------------------------------------------------------------------------


def method_changes(context: Context, ways: Iterable[str]) -> Iterator[Rename]:
    """Yield the changes that replace the method at the problem by names or templates, as far as they fit its call."""
    tree = reference_tree(context)
    return filter(None, (_of_method(context, tree, new) for new in ways))


def _of_method(context: Context, tree: ReferenceTree, new: str) -> Rename | None:
    """Rename a method at the problem, or replace its call."""
    here, span = expression_at(tree, context.problem.span), context.problem.span
    if not isinstance(here, ast.Attribute):
        return None
    spelling = Spelling(tree.imports, by_name=":" in new)
    edit = Edit(span, new) if is_name(new) else filled(tree, here, new, spelling)
    if edit is None:
        return None
    return Rename(_sorted([edit, *import_edits(context, spelling.missing)]), _replacement(context, edit, 1))


def _of_argument(context: Context, tree: ReferenceTree, new: str) -> Rename | None:
    """Rename an argument, or replace it and its value."""
    span = context.problem.span
    here = next((item for item in tree.all(ast.keyword) if tree.span(item).start == span.start and item.arg), None)
    if here is None:
        return None
    if is_name(new):
        return Rename((Edit(span, new),), f"Replace `{context.problem.name}=` with `{new}=`")
    spelling = Spelling(tree.imports)
    name, _, value = new.partition("=")
    function, _, inner = value.partition("(")
    text = f"{name}={spelling.of(function) if inner else value}" + (f"({inner}" if inner else "")
    edit = Edit(tree.span(here), text.replace("{value}", tree.source(here.value)))
    return Rename(_sorted([edit, *import_edits(context, spelling.missing)]), _replacement(context, edit, 1))


def _replacement(context: Context, edit: Edit, places: int) -> str:
    """Return the title of a replacement, in the words of the code."""
    old = context.snapshot.text[edit.span.start : edit.span.end]
    many = f" ({places} places)" if places > 1 else ""
    return f"Replace `{_quoted(old)}` with `{_quoted(edit.text)}`{many}"


def _quoted(text: str) -> str:
    return text.partition("\n")[0][:_MAX_QUOTED].rstrip()


def _sorted(edits: list[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(dict.fromkeys(edits)))


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
