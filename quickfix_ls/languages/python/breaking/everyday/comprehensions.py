"""Everyday errors in comprehensions: `else` behind the loop, other words for `in`, signs between the parts."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.bracketed import bracketed, edited, items_in

_TESTS = ("", " > 2", " is not None", " != 0", ".startswith(prefix)", " in seen", " % 2 == 0", " == name")
_VALUES = ("0", "None", '""', "-1", "1", "[]")


@everyday
def else_behind_loop(code: Code, rng: Random) -> Pair | None:
    """Put the condition of a conditional element behind the loop: `[n for n in rows if n > 2 else 0]`."""
    places = []
    for pair in bracketed(code):
        loop, condition = _index(code, pair, "for"), _index(code, pair, "if")
        is_loop = loop is not None and loop > pair[0] + 1 and (condition is None or loop < condition)
        if loop is not None and is_loop and _count(code, pair, "if") < 2:
            places.append((pair, loop, pair[1] if condition is None else condition))
    if not places:
        return None
    (opener, closer), loop, condition = rng.choice(places)
    element, parts = _text(code, opener + 1, loop), _text(code, loop, condition)
    other = rng.choice(_VALUES)
    test = (
        _text(code, condition, closer) if condition < closer else f"if {code.tokens[loop + 1].text}{rng.choice(_TESTS)}"
    )
    if code.tokens[opener].text == "{" and ":" in element and rng.random() < 0.9:
        return None
    start, end = code.tokens[opener + 1].start, code.tokens[closer - 1].end
    broken = f"{element} {parts} {test} else {other}"
    fixed = f"{element} {test} else {other} {parts}"
    return Pair(code.text[:start] + broken + code.text[end:], code.text[:start] + fixed + code.text[end:])


@everyday
def word_of_loop(code: Code, rng: Random) -> Pair | None:
    """Leave out the `in` or `for` of a comprehension, or write another word."""
    places = [
        (index, code.tokens[index].text)
        for pair in bracketed(code)
        for index in items_in(code, *pair)
        if code.tokens[index].text in ("for", "in") and _index(code, pair, "for") is not None
    ]
    if not places:
        return None
    index, word = rng.choice(places)
    others = ("", "", "of", "=", "is", "on") if word == "in" else ("", "", "fro", "foreach", "for each")
    return Pair(edited(code, [(index, index + 1, rng.choice(others))]), code.text)


@everyday
def sign_in_comprehension(code: Code, rng: Random) -> Pair | None:
    """Write a comma, `;` or `:` before the `for` or `if` of a comprehension, or `where` for `if`."""
    places = [
        index
        for pair in bracketed(code)
        if _index(code, pair, "for") is not None
        for index in items_in(code, *pair)
        if code.tokens[index].text in ("for", "if") and index > pair[0] + 1 and _is_clause(code, pair, index)
    ]
    if not places:
        return None
    index = rng.choice(places)
    word = code.tokens[index].text
    if word == "if" and rng.random() < 0.4:
        return Pair(edited(code, [(index, index + 1, "where")]), code.text)
    at = code.tokens[index - 1].end
    return Pair(code.text[:at] + rng.choice((",", ",", ";", ":")) + code.text[at:], code.text)


@everyday
def element_of_comprehension(code: Code, rng: Random) -> Pair | None:
    """Leave out the element of a comprehension, put it behind the loop, or a pair without parentheses."""
    places = [
        (pair, loop)
        for pair in bracketed(code)
        if (loop := _index(code, pair, "for")) is not None and loop > pair[0] + 1
    ]
    if not places:
        return None
    (opener, closer), loop = rng.choice(places)
    element, rest = _text(code, opener + 1, loop), _text(code, loop, closer)
    target = _text(code, loop + 1, next(i for i in range(loop, closer) if code.tokens[i].text == "in"))
    start, end = code.tokens[opener + 1].start, code.tokens[closer - 1].end
    if element.startswith("(") and element.endswith(")") and "," in element and rng.random() < 0.6:
        broken = f"{element[1:-1]} {rest}"
    elif element == target:
        broken = rest
    elif "if" in rest.split():
        return None
    else:
        broken = f"{rest}{rng.choice((':', ''))} {element}"
    return Pair(code.text[:start] + broken + code.text[end:], code.text)


def _index(code: Code, pair: tuple[int, int], text: str) -> int | None:
    """Return the first token with a text directly in a pair of brackets."""
    return next((index for index in items_in(code, *pair) if code.tokens[index].text == text), None)


def _count(code: Code, pair: tuple[int, int], text: str) -> int:
    return sum(code.tokens[index].text == text for index in items_in(code, *pair))


def _is_clause(code: Code, pair: tuple[int, int], index: int) -> bool:
    """Return whether a `for` or `if` is a clause, rather than the condition of a conditional expression."""
    loop = _index(code, pair, "for")
    return loop is not None and index >= loop and _count(code, pair, "else") == 0


def _text(code: Code, first: int, last: int) -> str:
    return code.text[code.tokens[first].start : code.tokens[last - 1].end]
