"""The syntax tree of a whole file, for fixes that reach beyond the problem's region: its imports, and what its dotted
names refer to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from quickfix_ls.context import Context
from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.quiet_parse import placed
from quickfix_ls.values import Span

N = TypeVar("N", bound=ast.AST)


@dataclass(frozen=True)
class ReferenceTree:
    """A syntax tree; `shift` is the document's offset of the first character that was parsed."""

    root: ast.Module
    places: Places
    shift: int

    def span(self, node: ast.AST) -> Span:
        """Return the span of a node, in document offsets."""
        start = self.places.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        return Span(start + self.shift, self.places.end_of(node) + self.shift)

    def source(self, node: ast.AST) -> str:
        """Return the source text of a node."""
        span = self.span(node)
        return self.places.source[span.start - self.shift : span.end - self.shift]

    def all(self, kind: type[N]) -> Iterator[N]:
        """Iterate over all nodes of a type."""
        return (node for node in self.nodes if isinstance(node, kind))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes, from the outside to the inside."""
        return list(ast.walk(self.root))

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node that directly contains each node."""
        return {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    @cached_property
    def imports(self) -> dict[str, str]:
        """The modules and members of modules that names refer to, by name; without names that the file binds in any
        other way, or imports from several places."""
        found: dict[str, set[str]] = {}
        statements: list[ast.Import | ast.ImportFrom] = [*self.all(ast.Import), *self.all(ast.ImportFrom)]
        for node in statements:
            for alias in node.names:
                name, dotted = _bound(node, alias)
                found.setdefault(name, set()).add(dotted)
        return {
            name: next(iter(dotted))
            for name, dotted in found.items()
            if len(dotted) == 1 and "" not in dotted and name not in self.bound_otherwise
        }

    @cached_property
    def bound_otherwise(self) -> frozenset[str]:
        """The names that the file binds by anything but an import."""
        found: set[str] = set()
        for node in self.nodes:
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.arg):
                found.add(node.arg)
            elif not isinstance(node, ast.alias):
                found.add(getattr(node, "name", None) or "")  # of a definition, a handler or a pattern
        return frozenset(found)

    def dotted(self, node: ast.AST) -> str:
        """Return the full name of the module or member that a dotted name refers to; empty for any other node."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        top = self.imports.get(node.id, "") if isinstance(node, ast.Name) else ""
        return ".".join([top, *reversed(parts)]) if top else ""

    def reads(self, dotted: str) -> list[ast.expr]:
        """Return the expressions that refer to a member or a module, in the order of the text."""
        found = [
            node
            for node in self.nodes
            if isinstance(node, (ast.Attribute, ast.Name))
            and isinstance(node.ctx, ast.Load)
            and self.dotted(node) == dotted
        ]
        return sorted(found, key=self.span)

    def names(self, name: str) -> list[ast.Name]:
        """Return all reads of a plain name."""
        return [node for node in self.all(ast.Name) if node.id == name]


def reference_tree(context: Context) -> ReferenceTree:
    """Return the tree of the context's file, or of its region if the file has a syntax error elsewhere; it is empty if
    the region has one, too."""
    return context.derived(_reference_tree)


def expression_at(tree: ReferenceTree, span: Span) -> ast.Attribute | ast.Name | None:
    """Return the attribute or the name that ends where a span ends."""
    found = (node for node in tree.nodes if isinstance(node, (ast.Attribute, ast.Name)))
    return next((node for node in found if tree.span(node).end == span.end), None)


def _reference_tree(context: Context) -> ReferenceTree:
    text, region = context.snapshot.text, context.region
    root, places = placed(text)
    if root is not None:
        return ReferenceTree(root, places, 0)
    root, places = placed(region.prefix + region.text + region.suffix)
    return ReferenceTree(root or ast.Module([], []), places, region.start - len(region.prefix))


def _bound(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[str, str]:
    """Return the name that an import binds, and what it refers to; nothing for a relative or a star import."""
    if isinstance(node, ast.Import):
        first = alias.name.partition(".")[0]
        return (alias.asname, alias.name) if alias.asname else (first, first)
    is_known = not node.level and node.module and alias.name != "*"
    return alias.asname or alias.name, f"{node.module}.{alias.name}" if is_known else ""
