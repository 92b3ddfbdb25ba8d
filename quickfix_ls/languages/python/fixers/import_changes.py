"""Edits that exchange what an import statement imports."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from quickfix_ls.languages.python.fixers.reference_trees import ReferenceTree
from quickfix_ls.languages.python.fixers.spelling import Missing, statement_of
from quickfix_ls.languages.python.import_names import extension, shortened
from quickfix_ls.languages.python.imports import Import, import_block
from quickfix_ls.values import Edit, Span


def exchanged_name(text: str, statement: Import, name: str, needed: Missing) -> list[Edit] | None:
    """Return the edits that take a name out of an import statement and import what is `needed` there; None if the
    statement can't be changed."""
    others = [known for known in import_block(text).imports if known.start != statement.start]
    joined = {pair: edit for pair in needed if pair[1] and (edit := _joined(text, others, *pair))}
    lines = [statement_of(*pair) for pair in needed if pair not in joined]
    if len(statement.names) == 1:
        return [*joined.values(), _replaced(text, statement, lines)]
    without = shortened(text, statement, name)
    if without is None:
        return None
    indent = text[text.rfind("\n", 0, statement.start) + 1 : statement.start]
    if lines and indent.strip():
        return None
    added = [Edit(Span(statement.end, statement.end), "".join(f"\n{indent}{line}" for line in lines))] if lines else []
    return [*joined.values(), without, *added]


def exchanged_module(
    text: str, tree: ReferenceTree, is_old: Callable[[ast.alias], bool], modules: Sequence[str]
) -> list[Edit]:
    """Return the edits that import `modules`, if any, in place of the old one in its statement without `as`; empty if
    there is no such statement, or more than one."""
    found = [
        (node, alias) for node in tree.all(ast.Import) for alias in node.names if not alias.asname and is_old(alias)
    ]
    if len(found) != 1:
        return []
    node, alias = found[0]
    span = tree.span(alias)
    if len(node.names) > 1:
        without = None if modules else shortened(text, _import_of(tree.span(node), node), alias.name)
        return [without] if without else [Edit(span, ", ".join(modules))] if modules else []
    if not modules or not _is_alone(text, tree.span(node)):
        return [_replaced(text, _import_of(tree.span(node), node), [statement_of(module, "") for module in modules])]
    start = text.rfind("\n", 0, span.start) + 1
    indent = text[start : tree.span(node).start]
    return [Edit(span, f"\n{indent}import ".join(modules))]


def import_alias(tree: ReferenceTree, module: str) -> ast.Import | None:
    """Return the statement that imports a module alone, under its own name; None if there is none, or another one."""
    found = [node for node in tree.all(ast.Import) for alias in node.names if alias.name == module]
    if len(found) != 1 or len(found[0].names) != 1 or found[0].names[0].asname:
        return None
    return found[0]


def imported_from(text: str, module: str, name: str) -> Import | None:
    """Return the statement at the top of a file that imports a name from a module without `as`."""
    statements = import_block(text).imports
    return next((found for found in statements if found.module == module and (name, name) in found.names), None)


def _import_of(span: Span, node: ast.Import) -> Import:
    return Import(span.start, span.end, "", tuple((alias.name, alias.asname or alias.name) for alias in node.names))


def _joined(text: str, statements: list[Import], module: str, member: str) -> Edit | None:
    """Return the edit that adds a member to one of the other imports from its module."""
    block = import_block(text)
    kept = tuple(statement for statement in block.imports if statement in statements)
    return extension(text, type(block)(kept, block.place, block.before, block.after), module, member)


def _replaced(text: str, statement: Import, lines: list[str]) -> Edit:
    """Return the edit that puts lines in place of a statement; without any, the line goes with it."""
    start = text.rfind("\n", 0, statement.start) + 1
    indent = text[start : statement.start]
    span = Span(statement.start, statement.end)
    if lines:
        return Edit(span, f"\n{indent}".join(lines) if not indent.strip() else "; ".join(lines))
    if indent or not _is_alone(text, span):
        return Edit(span, "pass")
    return Edit(Span(start, min(len(text), text.find("\n", statement.end) + 1 or len(text))), "")


def _is_alone(text: str, span: Span) -> bool:
    """Return whether a statement has its line to itself."""
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    end = text.find("\n", span.end)
    return not before.strip() and not text[span.end : end if end >= 0 else len(text)].strip()
