"""The syntax tree of a region, for fixers of code that parses."""

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


@dataclass(frozen=True, slots=True)
class Tree:
    """The syntax tree of a context's region. All spans are relative to the region."""

    context: Context
    root: ast.Module
    places: Places

    def near(self, kind: type[N]) -> list[N]:
        """Return the nodes of a type that touch the problem's lines, best match with its span first.

        Tools disagree on the span that they report for a wrong expression, so an exact match is not required.
        """
        problem, region = self.context.problem, self.context.region
        start, end = problem.span.start - region.start, problem.span.end - region.start
        first, last = region.text.rfind("\n", 0, start) + 1, region.text.find("\n", end)
        spans = {node: self.span(node) for node in self.all(kind)}
        found = [node for node, span in spans.items() if span.start < (last if last >= 0 else end + 1)]
        found = [node for node in found if spans[node].end >= first]
        return sorted(found, key=lambda node: abs(spans[node].start - start) + abs(spans[node].end - end))

    def all(self, kind: type[N]) -> Iterator[N]:
        """Iterate over all nodes of a type that have a position."""
        return (node for node in ast.walk(self.root) if isinstance(node, kind) and hasattr(node, "lineno"))

    def span(self, node: ast.AST) -> Span:
        """Return the span of a node."""
        start = self.places.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        shift = len(self.context.region.prefix)
        return Span(start - shift, self.places.end_of(node) - shift)

    def text(self, node: ast.AST) -> str:
        """Return the source text of a node."""
        span = self.span(node)
        return self.context.region.text[span.start : span.end]

    def around(self, node: ast.AST, before: str, after: str) -> tuple[Edit, ...]:
        """Return the edits that insert `before` and `after` around a node."""
        span, edit = self.span(node), self.context.edit
        edits = ((span.start, before), (span.end, after))
        return tuple(edit(place, place, text) for place, text in edits if text)


def tree_of(context: Context) -> Tree:
    """Parse the context's region; the tree is empty if it has a syntax error."""
    region = context.region
    root, places = placed(region.prefix + region.text + region.suffix)
    return Tree(context, root or ast.Module([], []), places)
