"""Edits and token lookups that several fixers for undefined names share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.values import Candidate, Edit, Safety, Span


def replace_reads(context: Context, new: str, safety: Safety = "safe") -> Iterator[Candidate]:
    """Yield candidates that replace the undefined name with `new`: all reads in the region, if there are several, then
    the read at the problem alone."""
    problem = context.problem
    if context.snapshot.text[problem.span.start : problem.span.end] != problem.name:
        return
    title = f"Replace `{problem.name}` with `{new}`"
    spans = reads_of(context, problem.name)
    if len(spans) > 1 and problem.span in spans:
        edits = tuple(Edit(span, new) for span in spans)
        yield Candidate(edits, f"{title} ({len(spans)} places)", safety=safety)
    yield Candidate((Edit(problem.span, new),), title, safety=safety)


def reads_of(context: Context, name: str) -> list[Span]:
    """Return the spans, in document offsets, at which the region reads `name` without binding it."""
    region = context.region
    free = _names_of(region.text, region.prefix, region.suffix).free
    spans = {Span(region.start + read.span.start, region.start + read.span.end) for read in free if read.name == name}
    return sorted(span for span in spans if context.snapshot.text[span.start : span.end] == name)


# All candidates for a problem look up the same region.
_names_of = lru_cache(maxsize=8)(names_of)


def is_whole_statement(context: Context) -> bool:
    """Return whether the undefined name is a whole statement."""
    index = token_at(context)
    if index is None:
        return False
    tokens = context.tokens
    before = index == 0 or tokens[index - 1].kind == "newline" or tokens[index - 1].text in (":", ";")
    after = index + 1 == len(tokens) or tokens[index + 1].kind in ("newline", "comment")
    return before and after


def token_at(context: Context) -> int | None:
    """Return the index of the token that has exactly the problem's span; None if there is none (inside an f-string)."""
    start = context.offset
    end = context.problem.span.end - context.region.start
    for index in range(max(0, context.at - 1), min(len(context.tokens), context.at + 2)):
        if (context.tokens[index].start, context.tokens[index].end) == (start, end):
            return index
    return None
