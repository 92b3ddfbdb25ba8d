"""Replace typographic characters in code with plain ones throughout the region: quotes, no-break and zero-width spaces,
full-width characters and mathematical signs. Text in strings and comments keeps its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quickfix_ls.candidates.fixers import Example, fixer
from quickfix_ls.context import Context
from quickfix_ls.languages.python.plain_characters import DOUBLE_QUOTES, ODD, PLAIN, SINGLE_QUOTES, shown
from quickfix_ls.languages.python.quote_costs import OTHER, may_end_before
from quickfix_ls.values import Candidate

_TRIPLE = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''", re.DOTALL)
_STRAIGHT = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\\\r\n]|\\.)*'")
_SMART = frozenset(DOUBLE_QUOTES + SINGLE_QUOTES)
_LIKE = {'"': frozenset(DOUBLE_QUOTES + '"'), "'": frozenset(SINGLE_QUOTES + "'`")}

Change = tuple[int, int, str]


@fixer(
    handles="syntax",
    examples=[
        Example("print(“hello”)\n", 'print("hello")\n'),
        Example("print(“it's” + ‘a’)\n", "print(\"it's\" + 'a')\n"),
        Example("print(‘it’s late’)\n", "print('it’s late')\n"),
        Example('print(“the "best"”)\n', "print('the \"best\"')\n"),
        Example('print("hello”)\n', 'print("hello")\n'),
        Example("x\u00a0= 1\u200b\ny\u00a0= 2\n", "x = 1\ny = 2\n"),
        Example("print（1，2）\n", "print(1,2)\n"),
        Example("if a ≤ b − 1:\n    go()\n", "if a <= b - 1:\n    go()\n"),
        Example('x = "“” stay" + “a”  # and “here”\n', 'x = "“” stay" + "a"  # and “here”\n'),
        Example("area = r²\n", "area = r**2\n"),
    ],
    leaves=["x = '“' y\n"],
)
def normalize_characters(context: Context) -> Iterator[Candidate]:
    text = context.region.text
    if ODD.search(text) is None:
        return
    changes = list(_changes(text))
    if changes:
        edits = tuple(context.edit(*change) for change in changes)
        yield Candidate(edits, _title(text, changes))


def _changes(text: str) -> Iterator[Change]:
    """Yield what is replaced in a text, as (start, end, new text)."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "#":
            end = text.find("\n", at)
            at = end if end >= 0 else len(text)
        elif char in OTHER or char in _SMART:
            triple = _TRIPLE.match(text, at) if char in OTHER else None
            found = [] if triple else list(_string(text, at))
            yield from found
            straight = triple or (_STRAIGHT.match(text, at) if char in OTHER and not found else None)
            end = straight.end() if straight else max((change[1] for change in found), default=at)
            if end == at and char in _SMART:
                yield (at, at + 1, PLAIN[char])
            at = max(end, at + 1)
        else:
            if char in PLAIN:
                yield (at, at + 1, PLAIN[char])
            at += 1


def _string(text: str, at: int) -> Iterator[Change]:
    """Yield the changes to the string that begins with the quote at an offset, if one of its quotes is typographic."""
    quote = text[at] if text[at] in OTHER else PLAIN[text[at]]
    line_end = text.find("\n", at)
    line_end = line_end if line_end >= 0 else len(text)
    straight = _STRAIGHT.match(text, at)
    if straight and may_end_before(text[at:line_end], straight.end() - at):
        return
    if text[at] in _SMART and text[at : at + 3] in (text[at] * 3, text[at : at + 1] * 3):
        return
    ends = [end for end in range(at + 1, line_end) if text[end] in _LIKE[quote] and not _is_apostrophe(text, end)]
    likely = [end for end in ends if may_end_before(text[at:line_end], end + 1 - at)]
    end = next(iter(likely or ends), None)
    if end is None or (text[at] in OTHER and text[end] not in _SMART):
        return
    body = text[at + 1 : end]
    if quote in body and OTHER[quote] not in body:
        quote = OTHER[quote]
    yield (at, at + 1, quote)
    yield from ((at + 1 + place, at + 1 + place, "\\") for place, char in enumerate(body) if char == quote)
    yield (end, end + 1, quote)


def _is_apostrophe(text: str, at: int) -> bool:
    return PLAIN.get(text[at], text[at]) == "'" and text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha()


def _title(text: str, changes: list[Change]) -> str:
    pairs = dict.fromkeys(
        (text[start:end], new) for start, end, new in changes if end > start and text[start:end] != new
    )
    named = [f"{shown(old)} with {shown(new)}" if new.strip() else shown(old) for old, new in list(pairs)[:3]]
    more = f" (and {len(pairs) - 3} others)" if len(pairs) > 3 else ""
    places = f" ({len(changes)} places)" if len(changes) > 1 else ""
    return f"Replace {', '.join(named)}{more}{places}"
