"""Changes that several fixers of undefined names make."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from quickfix_ls.context import Context
from quickfix_ls.languages.python.names.scopes import names_of
from quickfix_ls.values import Candidate, Edit, Safety, Span


def replace_reads(context: Context, new: str, safety: Safety = "safe") -> Iterator[Candidate]:
    """Write `new` for the undefined name: everywhere in the region, where it is read more than once, and at
    the problem alone."""
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
    """Where the region reads `name` and nothing in it binds it, in document offsets."""
    region = context.region
    free = _names_of(region.text, region.prefix, region.suffix).free
    spans = {Span(region.start + one.span.start, region.start + one.span.end) for one in free if one.name == name}
    return sorted(span for span in spans if context.snapshot.text[span.start : span.end] == name)


# Every candidate of a problem asks the same.
_names_of = lru_cache(maxsize=8)(names_of)


def stands_alone(context: Context) -> bool:
    """Whether the undefined name is a statement by itself."""
    index = token_at(context)
    if index is None:
        return False
    tokens = context.tokens
    before = index == 0 or tokens[index - 1].kind == "newline" or tokens[index - 1].text in (":", ";")
    after = index + 1 == len(tokens) or tokens[index + 1].kind in ("newline", "comment")
    return before and after


def token_at(context: Context) -> int | None:
    """The index of the token that the problem's span covers exactly; None inside of an f-string."""
    start = context.offset
    end = context.problem.span.end - context.region.start
    for index in range(max(0, context.at - 1), min(len(context.tokens), context.at + 2)):
        if (context.tokens[index].start, context.tokens[index].end) == (start, end):
            return index
    return None
