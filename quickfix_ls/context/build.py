"""Gather the context of a problem: tokens always, names and importables only where a fixer asked for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from quickfix_ls.languages.python.project.importable import Importables
from quickfix_ls.index.index import Analysis, Region
from quickfix_ls.languages.python.names.visible import visible_names
from quickfix_ls.context import Context
from quickfix_ls.languages.python.lexis import lex
from quickfix_ls.values import Problem


def build_context(
    analysis: Analysis,
    region: Region,
    problem: Problem,
    needs: Collection[str] = (),
    importables: Importables | None = None,
) -> Context:
    """The context of `problem`, which lies in `region`; `needs` are those of the fixers that handle its kind."""
    tokens = lex(region.text)
    offset = problem.span.start - region.start
    return Context(
        problem,
        analysis.snapshot,
        region,
        tokens,
        bisect_right(tokens, offset, key=lambda token: token.end),
        visible_names(analysis, region, problem) if "visible" in needs else (),
        importables if "importables" in needs else None,
        analysis.imported if "importables" in needs and problem.kind == "name" else {},
    )
