"""Fix an unterminated string: close it, open it, match its quotes or remove a stray quote. `print("hello)` becomes
`print("hello")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.elide import ending
from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.values import Candidate, Edit

_TAIL = re.compile(r"[\s)\]},:;.]*$")
_WORD = re.compile(r"[\w./\\-]+$")
_OTHER = {"'": '"', '"': "'"}


@fixer(
    handles="syntax",
    examples=[
        Example('print("hello)\n', 'print("hello")\n'),
        Example("name = 'Anna\n", "name = 'Anna'\n"),
        Example("if c == 'C\":\n    go()\n", "if c == 'C':\n    go()\n"),
        Example("print('it's here')\n", 'print("it\'s here")\n'),
        Example('x = int("i)\n', "x = int(i)\n"),
        Example('x = foo(bar")\n', 'x = foo("bar")\n'),
        Example('"""Say hello."\nx = 1\n', '"""Say hello."""\nx = 1\n'),
        Example('def f():\n    """Say hello.\n    return 1\n', 'def f():\n    """Say hello."""\n    return 1\n'),
    ],
    leaves=["print(1\n"],
)
def close_quote(context: Context) -> Iterator[Candidate]:
    bad = next((token for token in context.tokens if token.kind == "badstring"), None)
    if bad is not None:
        prefix = len(bad.text) - len(bad.text.lstrip("rRbBuUfFtT"))
        quote = bad.text[prefix:]
        if quote[:3] in ('"""', "'''"):
            yield from _close_triple(context, bad, prefix)
        else:
            yield from _close_single(context, bad, prefix)
            yield from _open_before(context, bad, prefix)
    yield from _requote(context)


def _close_single(context: Context, bad: Token, prefix: int) -> Iterator[Candidate]:
    quote = bad.text[prefix]
    body = bad.text[prefix + 1 :]
    other = body.rfind(_OTHER[quote])
    if other >= 0:
        at = bad.start + prefix + 1 + other
        yield Candidate((context.edit(at, at + 1, quote),), f"End the string with `{quote}` as it began")
        start = bad.start + prefix
        yield Candidate(
            (context.edit(start, start + 1, _OTHER[quote]),),
            f"Begin the string with `{_OTHER[quote]}` as it ends",
        )
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
    starts = [match.start() for match in re.finditer(r"(?<![\w.])[\w./\\%-]", head)]
    for start in reversed(starts[-6:]):
        at = line_start + start
        yield Candidate(
            (context.edit(at, at, quote),), f"Open the string: `{quote}{ending(head[start:].strip())}{quote}`"
        )


def _close_triple(context: Context, bad: Token, prefix: int) -> Iterator[Candidate]:
    quotes = bad.text[prefix : prefix + 3]
    body_start = bad.start + prefix + 3
    lines = context.region.text[body_start : bad.end].split("\n")
    first = lines[0].rstrip("\r")
    stripped = first.rstrip()
    dangling = len(stripped) - len(stripped.rstrip(quotes[0]))
    if stripped and dangling in (1, 2):
        at = body_start + len(stripped)
        yield Candidate((context.edit(at, at, quotes[0] * (3 - dangling)),), f"Close the string with `{quotes}`")
    if stripped and not dangling:
        at = body_start + len(stripped)
        yield Candidate((context.edit(at, at, quotes),), f"Close the string: `{ending(stripped)}{quotes}`")
    if dangling == 1 or not stripped:
        start = bad.start + prefix
        yield Candidate((context.edit(start, start + 2, ""),), f"Replace `{quotes}` with `{quotes[0]}`")
    yield from _close_below(context, lines, body_start, quotes)
    start = bad.start
    if not stripped:
        end = context.region.text.find("\n", start)
        yield Candidate((context.edit(start, end + 1 if end >= 0 else bad.end, ""),), f"Remove the stray `{quotes}`")
    yield Candidate((context.edit(bad.end, bad.end, quotes),), f"Close the string with `{quotes}` at the end")


def _close_below(context: Context, lines: list[str], body_start: int, quotes: str) -> Iterator[Candidate]:
    """Yield candidates that close a triple-quoted string at the end of a following line, completing partial closing
    quotes."""
    at = body_start
    for count, line in enumerate(lines[:30]):
        stripped = line.rstrip()
        end = at + len(stripped)
        if count:
            dangling = len(stripped) - len(stripped.rstrip(quotes[0]))
            if dangling in (1, 2):
                yield Candidate((context.edit(end, end, quotes[0] * (3 - dangling)),), f"Complete `{quotes}`")
            elif stripped:
                yield Candidate((context.edit(end, end, quotes),), f"Close the string: `{ending(stripped)}{quotes}`")
        at += len(line) + 1


def _requote(context: Context) -> Iterator[Candidate]:
    """Fix `'it's'`: use the other quote outside, or escape the inner quote."""
    line = context.lines[context.line] if context.lines else None
    if line is None:
        return
    end = context.tokens[line.last - 1].end
    text = context.region.text[line.start : end]
    for quote, other in _OTHER.items():
        places = [line.start + match.start() for match in re.finditer(re.escape(quote), text)]
        if not 3 <= len(places) <= 7 or other in text:
            continue
        outer = (places[0], places[-1])
        edits: list[Edit] = [context.edit(at, at + 1, other) for at in outer]
        yield Candidate(tuple(edits), f"Put the string in `{other}`")
        escapes = tuple(context.edit(at, at, "\\") for at in places[1:-1])
        yield Candidate(escapes, f"Escape the `{quote}` inside of the string")
