"""The syntax tree of a whole file, for fixers of errors whose cause may be far from the line where they were raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from quickfix_ls.context import Context
from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.languages.python.quiet_parse import placed
from quickfix_ls.values import Edit, Span

N = TypeVar("N", bound=ast.AST)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class FileTree:
    """The syntax tree of a context's file. All spans are in offsets of the document."""

    text: str
    reported: Span
    root: ast.Module
    places: Places

    @property
    def line_end(self) -> int:
        """The offset of the end of the last reported line."""
        end = self.text.find("\n", self.reported.end)
        return len(self.text) if end < 0 else end

    def here(self, kind: type[N]) -> list[N]:
        """Return the nodes of a type that touch the reported lines, the smallest first."""
        start = self.text.rfind("\n", 0, self.reported.start) + 1
        end = self.line_end
        spans = {node: self.span(node) for node in self.all(kind)}
        found = [node for node, span in spans.items() if span.start <= end and start <= span.end]
        return sorted(found, key=lambda node: (spans[node].end - spans[node].start, spans[node].start))

    def near(self, kind: type[N]) -> list[N]:
        """Return all nodes of a type, the nearest to the reported place first."""
        return sorted(self.all(kind), key=lambda node: self.span(node).gap(self.reported))

    def all(self, kind: type[N]) -> Iterator[N]:
        """Iterate over all nodes of a type that have a position."""
        return (node for node in ast.walk(self.root) if isinstance(node, kind) and hasattr(node, "lineno"))

    def span(self, node: ast.AST) -> Span:
        """Return the span of a node."""
        start = self.places.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        return Span(start, self.places.end_of(node))

    def source(self, node: ast.AST) -> str:
        """Return the source text of a node."""
        span = self.span(node)
        return self.text[span.start : span.end]

    def around(self, node: ast.AST, before: str, after: str) -> tuple[Edit, ...]:
        """Return the edits that insert `before` and `after` around a node."""
        span = self.span(node)
        return tuple(Edit(Span(at, at), text) for at, text in ((span.start, before), (span.end, after)) if text)


def file_tree_of(context: Context) -> FileTree:
    """Parse the context's file; the tree is empty if it has a syntax error."""
    root, places = placed(context.snapshot.text)
    return FileTree(places.source, context.problem.span, root or ast.Module([], []), places)


def functions_in(tree: FileTree | ast.ClassDef) -> list[Function]:
    """Return the functions of a file, or the methods of a class, in order."""
    nodes = tree.body if isinstance(tree, ast.ClassDef) else ast.walk(tree.root)
    return [node for node in nodes if isinstance(node, Function)]
