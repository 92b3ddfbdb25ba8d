"""Fix an unterminated string: close it, open it, match its quotes or remove a stray quote. `print("hello)` becomes
`print("hello")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.fixers.statements import span_of
from quickfix_ls.languages.python.quote_readings import readings_near
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate

_TAIL = re.compile(r"[\s)\]},:;.]*$")
_WORD = re.compile(r"[\w./\\-]+$")
_MAX_LEAD = 1.0


@fixer(
    handles="syntax",
    examples=[
        Example('print("hello)\n', 'print("hello")\n'),
        Example("name = 'Anna\n", "name = 'Anna'\n"),
        Example('x = ["a", "b, "c"]\n', 'x = ["a", "b", "c"]\n'),
        Example('x = int("i)\n', "x = int(i)\n"),
        Example('x = foo(bar")\n', 'x = foo("bar")\n'),
    ],
    leaves=["print(1\n"],
)
def close_quote(context: Context) -> Iterator[Candidate]:
    yield from _read(context)
    bad = next((token for token in context.tokens if token.kind == "badstring"), None)
    if bad is not None:
        prefix = len(bad.text) - len(bad.text.lstrip("rRbBuUfFtT"))
        quote = bad.text[prefix:]
        if quote[:3] not in ('"""', "'''"):
            yield from _close_single(context, bad, prefix)
            yield from _open_before(context, bad, prefix)


def _read(context: Context) -> Iterator[Candidate]:
    """Yield candidates that add the quotes which a reading of the line lacks."""
    text = context.region.text
    best: float | None = None
    for reading in readings_near(text, span_of(context)):
        best = reading.cost if best is None else best
        if reading.cost > best + _MAX_LEAD or any(literal.inner or literal.is_escaped for literal in reading.faulty):
            continue
        if all(not literal.opening or not literal.closing for literal in reading.faulty):
            edits = tuple(
                context.edit(at, at, literal.opening or literal.closing)
                for literal in reading.faulty
                for at in (literal.end if literal.opening else literal.body,)
            )
            first = reading.faulty[0]
            quote, shown = first.opening or first.closing, ending(text[first.body : first.end])
            yield Candidate(edits, f"{'Close' if first.opening else 'Open'} the string: `{quote}{shown}{quote}`")


def _close_single(context: Context, bad: Token, prefix: int) -> Iterator[Candidate]:
    quote = bad.text[prefix]
    body = bad.text[prefix + 1 :]
    for place in _ends(body):
        at = bad.start + prefix + 1 + place
        yield Candidate((context.edit(at, at, quote),), f"Close the string: `{quote}{ending(body[:place])}{quote}`")
    start = bad.start + prefix
    yield Candidate((context.edit(start, start + 1, ""),), f"Remove the stray `{quote}`")


def _ends(body: str) -> Iterator[int]:
    """Yield the offsets in the rest of a line at which a string may end: before the trailing brackets and
    punctuation, after each of these, and after each word."""
    seen = set()
    tail = _TAIL.search(body)
    start = tail.start() if tail else len(body)
    places = [start, *range(start + 1, len(body) + 1), *(match.end() for match in re.finditer(r"\w+", body))]
    for place in places[:16]:
        if place not in seen:
            seen.add(place)
            yield place


def _open_before(context: Context, bad: Token, prefix: int) -> Iterator[Candidate]:
    """Yield candidates that treat the quote as the end of a string and add its opening quote before a preceding
    word."""
    quote = bad.text[prefix]
    line_start = context.region.text.rfind("\n", 0, bad.start) + 1
    head = context.region.text[line_start : bad.start + prefix]
    starts = [match.start() for match in re.finditer(r"(?<![\w.\"'])[\w./\\%-]", head)]
    for start in reversed(starts[-6:]):
        at = line_start + start
        yield Candidate(
            (context.edit(at, at, quote),), f"Open the string: `{quote}{ending(head[start:].strip())}{quote}`"
        )
