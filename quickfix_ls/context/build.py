"""Build the context of a problem."""

from __future__ import annotations

from bisect import bisect_right

from quickfix_ls.context import Context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.values import Problem


def build_context(index: Index, region: Region, problem: Problem) -> Context:
    """Return the context of `problem`, which lies in `region`; the region's text is split into tokens here."""
    tokens = index.language.part(Lexis).lex(region.text)
    offset = problem.span.start - region.start
    return Context(problem, index, region, tokens, bisect_right(tokens, offset, key=lambda token: token.end))
