"""Everyday errors in the separators of displays, calls and parameters: missing commas, the `:` and `**` of
dictionaries, the `=` of arguments."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.bracketed import (
    bracketed,
    commas_in,
    edited,
    ends_line,
    is_call,
    items_in,
    some_of,
)


@everyday
def comma_at_line_end(code: Code, rng: Random) -> Pair | None:
    """Leave out commas at the ends of lines in a display, a call or parameters: one, several, or all."""
    rows = [
        [index for index in commas_in(code, *pair) if ends_line(code, index) and _goes_on(code, index)]
        for pair in bracketed(code)
    ]
    rows = [row for row in rows if row]
    if not rows:
        return None
    return Pair(edited(code, [(index, index + 1, "") for index in some_of(rng, rng.choice(rows))]), code.text)


@everyday
def comma_between_items(code: Code, rng: Random) -> Pair | None:
    """Leave out commas within a line: of numbers, names, strings with names, arguments."""
    rows = [[index for index in commas_in(code, *pair) if not ends_line(code, index)] for pair in bracketed(code)]
    rows = [row for row in rows if row]
    if not rows:
        return None
    return Pair(edited(code, [(index, index + 1, "") for index in some_of(rng, rng.choice(rows))]), code.text)


@everyday
def colon_of_entry(code: Code, rng: Random) -> Pair | None:
    """Leave out the `:` of a dictionary's entries, or write `=`, `=>`, `;` or `,` in its place."""
    rows = [row for pair in bracketed(code, "{") if (row := _colons(code, *pair))]
    if not rows:
        return None
    new = rng.choice(("", "", " =", " =", " =>", ";", ","))
    row = rng.choice(rows)
    chosen = [rng.choice(row)] if new == "," else some_of(rng, row)
    if new == "," and len(row) < 2:
        return None
    return Pair(edited(code, [(index, index + 1, new) for index in chosen]), code.text)


@everyday
def colon_for_equals(code: Code, rng: Random) -> Pair | None:
    """Write `:` in place of the `=` of keyword arguments, as in a dictionary, or `=>`."""
    rows = [row for pair in bracketed(code, "(") if is_call(code, pair[0]) and (row := _equals(code, *pair))]
    if not rows:
        return None
    row = rng.choice(rows)
    chosen = row if rng.random() < 0.7 else some_of(rng, row)
    new = ": " if rng.random() < 0.85 else " => "
    return Pair(edited(code, [(index, index + 1, new) for index in chosen]), code.text)


@everyday
def unpacking_stars(code: Code, rng: Random) -> Pair | None:
    """Leave out the `**` of a dictionary in another one, or write `*` or `...` in its place."""
    pairs = [pair for pair in bracketed(code, "{") if _colons(code, *pair)]
    names = sorted({token.text for token in code.tokens if token.kind == "name" and token.text.islower()})
    if not pairs or not names:
        return None
    opener, _ = rng.choice(pairs)
    start = code.tokens[opener].end
    name = rng.choice(names)
    written = rng.choice((name, name, name, f"*{name}", f"...{name}"))
    others = rng.random() < 0.4
    more = f", **{rng.choice(names)}" if others else ""
    fixed = f"{code.text[:start]}**{name}{more}, {code.text[start:].lstrip()}"
    broken = f"{code.text[:start]}{written}{more}, {code.text[start:].lstrip()}"
    return Pair(broken, fixed)


@everyday
def semicolon_for_comma(code: Code, rng: Random) -> Pair | None:
    """Write `;` in place of commas between items."""
    rows = [row for pair in bracketed(code) if (row := commas_in(code, *pair))]
    if not rows:
        return None
    row = rng.choice(rows)
    chosen = row if rng.random() < 0.5 else [rng.choice(row)]
    return Pair(edited(code, [(index, index + 1, ";") for index in chosen]), code.text)


def _goes_on(code: Code, index: int) -> bool:
    """Return whether an item follows a comma at a line's end, so that it is no trailing one."""
    after = next((token for token in code.tokens[index + 1 :] if token.kind != "newline"), None)
    return after is not None and after.text not in (")", "]", "}")


def _colons(code: Code, opener: int, closer: int) -> list[int]:
    """Return the colons of a dictionary's entries; empty for a comprehension, and if it holds lambdas."""
    items = items_in(code, opener, closer)
    texts = {code.tokens[index].text for index in items}
    if "for" in texts or "lambda" in texts:
        return []
    return [index for index in items if code.tokens[index].text == ":"]


def _equals(code: Code, opener: int, closer: int) -> list[int]:
    """Return the `=` of the keyword arguments of a call."""
    return [index for index in items_in(code, opener, closer) if code.tokens[index].text == "="]
