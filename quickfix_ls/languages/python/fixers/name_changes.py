"""Edits and token lookups that several fixers for undefined names share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.name_places import NamePlace, place_of, places_of
from quickfix_ls.languages.python.lexer import KEYWORDS
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.values import Candidate, Edit, Safety, Span


def replace_uses(context: Context, new: str, safety: Safety = "safe") -> Iterator[Candidate]:
    """Yield the candidate that replaces the undefined name with `new` at the problem, and at all other places of the
    file that read the undefined name and can read `new`, too.

    The first part of a dotted `new` is what has to be readable.
    """
    first = new.partition(".")[0].partition("(")[0]
    is_known = not first.isidentifier() or first in KEYWORDS
    yield from replace_at(context, new, lambda place: is_known or place.binds(first), safety)


def replace_at(
    context: Context, new: str, fits: Callable[[NamePlace], bool], safety: Safety = "safe"
) -> Iterator[Candidate]:
    """Yield the candidate that replaces the undefined name with `new` at the problem, and at all other places of the
    file for which `fits` is true."""
    problem = context.problem
    if context.snapshot.text[problem.span.start : problem.span.end] != problem.name:
        return
    here = place_of(context)
    places = [place for place in places_of(context) if place.span == here.span or fits(place)] or [here]
    edits = tuple(Edit(place.span, new) for place in places)
    title = f"Replace `{problem.name}` with `{new}`{_count(places)}"
    yield Candidate(edits, title, safety=safety)


def _count(places: Sequence[NamePlace]) -> str:
    """Return ` (3 places, 2 functions)`; what is one is left out."""
    if len(places) < 2:
        return ""
    functions = {(place.unit, place.functions[0].span if place.functions else None) for place in places}
    more = f", {len(functions)} functions" if len(functions) > 1 else ""
    return f" ({len(places)} places{more})"


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
