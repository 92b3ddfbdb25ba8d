"""Everyday errors in brackets: one that is not closed where the indentation, the operators or the meaning show it."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.languages.python.breaking.everyday.bracketed import bracketed, edited, ends_line, is_call
from quickfix_ls.languages.python.lexer import CLOSERS, OPENERS

_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "**", "<", ">", "==", "!=", "<=", ">=", "and", "or"})


@everyday
def inner_bracket_line(code: Code, rng: Random) -> Pair | None:
    """Leave out the line on which an inner bracket is closed; the indentation shows where it was."""
    lines = code.text.split("\n")
    places = []
    for opener, closer in bracketed(code):
        row, (first, last) = _row(code, closer), (code.tokens[opener], code.tokens[closer])
        alone = lines[row].strip().rstrip(",") == last.text
        hangs = ends_line(code, opener) and "\n" in code.text[first.end : last.start]
        if alone and hangs and any(outer < opener and closer < end for outer, end in bracketed(code)):
            places.append(row)
    if not places:
        return None
    row = rng.choice(places)
    return Pair("\n".join(lines[:row] + lines[row + 1 :]), code.text)


@everyday
def bracket_of_item(code: Code, rng: Random) -> Pair | None:
    """Leave out the bracket that closes an item at the end of its line, before its comma or together with it."""
    places = []
    for outer, end in bracketed(code):
        for opener, closer in bracketed(code):
            inside = outer < opener and closer < end
            one_line = "\n" not in code.text[code.tokens[opener].start : code.tokens[closer].end]
            follows = closer + 1 < end and code.tokens[closer + 1].text == "," and ends_line(code, closer + 1)
            if inside and one_line and follows:
                places.append(closer)
    if not places:
        return None
    closer = rng.choice(places)
    with_comma = rng.random() < 0.25 and code.tokens[closer - 1].kind != "newline"
    return Pair(edited(code, [(closer, closer + 1 + with_comma, "")]), code.text)


@everyday
def opening_of_group(code: Code, rng: Random) -> Pair | None:
    """Leave out the opening bracket of a group that the precedence of operators needs: `a + b) / 2`."""
    broken = code.at(rng, [opener for opener, _ in _groups(code)], 1, "")
    return Pair(broken, code.text) if broken else None


@everyday
def closing_of_group(code: Code, rng: Random) -> Pair | None:
    """Leave out the closing bracket of such a group: `(a + b / 2`."""
    broken = code.at(rng, [closer for _, closer in _groups(code)], 1, "")
    return Pair(broken, code.text) if broken else None


@everyday
def bracket_within_line(code: Code, rng: Random) -> Pair | None:
    """Leave out a bracket that is closed before the end of its line: `len(x > 3:`, `str(a + ", "`, `d["a"["b"]`."""
    places = [
        closer
        for opener, closer in bracketed(code)
        if not ends_line(code, closer)
        and code.tokens[closer + 1].text not in CLOSERS
        and code.tokens[closer + 1].text != ":"
        and "\n" not in code.text[code.tokens[opener].start : code.tokens[closer].end]
    ]
    broken = code.at(rng, places, 1, "")
    return Pair(broken, code.text) if broken else None


@everyday
def bracket_at_line_end(code: Code, rng: Random) -> Pair | None:
    """Leave out the last closing bracket of a line: `print(len(x)`, `if f(x:`, `def f(a: list[int):`."""
    places = []
    for opener, closer in bracketed(code):
        ends = ends_line(code, closer) or (code.tokens[closer + 1].text == ":" and ends_line(code, closer + 1))
        one_line = "\n" not in code.text[code.tokens[opener].start : code.tokens[closer].end]
        if one_line and (ends or code.tokens[closer + 1].text in CLOSERS):
            places.append(closer)
    broken = code.at(rng, places, 1, "")
    return Pair(broken, code.text) if broken else None


@everyday
def bracket_too_many(code: Code, rng: Random) -> Pair | None:
    """Write a closing bracket twice, or one of another kind."""
    closers = [index for index, token in enumerate(code.tokens) if token.text in CLOSERS and token.kind == "op"]
    if not closers:
        return None
    place = rng.choice(closers)
    text = code.tokens[place].text
    new = text * 2 if rng.random() < 0.6 else rng.choice([other for other in CLOSERS if other != text])
    return Pair(edited(code, [(place, place + 1, new)]), code.text)


@everyday
def opening_bracket(code: Code, rng: Random) -> Pair | None:
    """Leave out the opening bracket of a call or of a list: `print "a")`, `x = 1, 2]`, `np.array([1], [2]])`."""
    places = [
        opener
        for opener, closer in bracketed(code, "([")
        if code.tokens[opener + 1].text not in ("*", "**")
        and (not is_call(code, opener) or code.tokens[opener + 1].text in OPENERS or rng.random() < 0.5)
    ]
    broken = code.at(rng, places, 1, " " if rng.random() < 0.3 else "")
    return Pair(broken, code.text) if broken else None


def _row(code: Code, index: int) -> int:
    return code.text.count("\n", 0, code.tokens[index].start)


def _groups(code: Code) -> list[tuple[int, int]]:
    return [pair for pair in bracketed(code, "(") if not is_call(code, pair[0]) and _is_needed(code, *pair)]


def _is_needed(code: Code, opener: int, closer: int) -> bool:
    """Return whether a group holds an operator and is an operand of one."""
    tokens = code.tokens
    around = {tokens[opener - 1].text if opener else "", tokens[closer + 1].text if closer + 1 < len(tokens) else ""}
    inside = {token.text for token in tokens[opener + 1 : closer]}
    one_line = "\n" not in code.text[tokens[opener].start : tokens[closer].end]
    return one_line and bool(around & _OPERATORS) and bool(inside & _OPERATORS)
