"""Make the quotes at both ends of a string equal: `"hello'` becomes `"hello"`."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.candidates.elide import beginning
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.quote_costs import Literal
from quickfix_ls.languages.python.quote_readings import readings_near
from quickfix_ls.values import Candidate, Edit

_MAX_LEAD = 1.0


@fixer(
    handles="syntax",
    examples=[
        Example("word = \"hello'\n", 'word = "hello"\n'),
        Example("word = \"hello'\n", "word = 'hello'\n"),
        Example("d = {'a\": 1, 'b': 2}\n", "d = {'a': 1, 'b': 2}\n"),
        Example("print('a', \"it's')\n", "print('a', \"it's\")\n"),
    ],
    leaves=["word = 'hello\n"],
)
def match_quotes(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    best: float | None = None
    for reading in readings_near(text, span_of(context)):
        best = reading.cost if best is None else best
        is_mixed = all(
            literal.opening and literal.closing and literal.opening != literal.closing for literal in reading.faulty
        )
        if not is_mixed or reading.cost > best + _MAX_LEAD:
            continue
        shown = beginning(text[reading.faulty[0].body : reading.faulty[0].end])
        for at_end in (True, False):
            edits = [_matched(context, literal, at_end) for literal in reading.faulty]
            kept = [edit for edit in edits if edit is not None]
            if len(kept) == len(edits):
                place, quote = ("End", kept[0].text) if at_end else ("Begin", kept[0].text)
                yield Candidate(tuple(kept), f"{place} `{shown}` with `{quote}`")


def _matched(context: Context, literal: Literal, at_end: bool) -> Edit | None:
    """Return the edit that makes the quotes equal at one end; None if the text has the other end's quote inside."""
    quote = literal.opening if at_end else literal.closing
    if quote in context.region.text[literal.body : literal.end]:
        return None
    at = literal.end if at_end else literal.body - 1
    return context.edit(at, at + 1, quote)
