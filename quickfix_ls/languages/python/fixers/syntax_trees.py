"""How fixers of what parses look at its syntax tree."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from quickfix_ls.context import Context
from quickfix_ls.languages.python.ast_spans import Places
from quickfix_ls.values import Edit, Span

N = TypeVar("N", bound=ast.AST)


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of a context's region; spans are relative to the region."""

    context: Context
    root: ast.Module
    places: Places

    def near(self, kind: type[N]) -> list[N]:
        """The nodes of a kind on the problem's lines, those that fill its span best first: tools disagree on where an
        expression begins that is wrong."""
        problem, region = self.context.problem, self.context.region
        start, end = problem.span.start - region.start, problem.span.end - region.start
        first, last = region.text.rfind("\n", 0, start) + 1, region.text.find("\n", end)
        spans = {node: self.span(node) for node in self.all(kind)}
        found = [node for node, span in spans.items() if span.start < (last if last >= 0 else end + 1)]
        found = [node for node in found if spans[node].end >= first]
        return sorted(found, key=lambda node: abs(spans[node].start - start) + abs(spans[node].end - end))

    def all(self, kind: type[N]) -> Iterator[N]:
        """Every node of a kind that has a place in the text."""
        return (node for node in ast.walk(self.root) if isinstance(node, kind) and hasattr(node, "lineno"))

    def span(self, node: ast.AST) -> Span:
        """Where a node stands."""
        start = self.places.offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0))
        shift = len(self.context.region.prefix)
        return Span(start - shift, self.places.end_of(node) - shift)

    def text(self, node: ast.AST) -> str:
        """The text of a node."""
        span = self.span(node)
        return self.context.region.text[span.start : span.end]

    def around(self, node: ast.AST, before: str, after: str) -> tuple[Edit, ...]:
        """The edits that put something before and after a node."""
        span, edit = self.span(node), self.context.edit
        edits = ((span.start, before), (span.end, after))
        return tuple(edit(place, place, text) for place, text in edits if text)


def tree_of(context: Context) -> Tree:
    """The tree of the region; an empty one where it does not parse."""
    region = context.region
    return Tree(context, *_parsed(region.prefix + region.text + region.suffix))


@lru_cache(maxsize=4)
def _parsed(source: str) -> tuple[ast.Module, Places]:
    # Several fixers look at the same region, and none changes its tree.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            root = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        root = ast.Module([], [])
    return root, Places(source)
