"""Everyday errors of operators: those of other languages, torn ones, those with a sign too many, those in words."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday
from quickfix_ls.lexing.tokens import Token

_AUGMENTED = ("+=", "-=", "*=", "/=", "//=", "%=", "|=", "&=", "**=")
_WORDS = {
    "==": ("equals", "is equal to", "is ==", "equal"),
    "!=": ("is not equal to", "not ==", "not =", "is not =="),
    "and": ("AND", "And"),
    "or": ("OR", "Or"),
    ">": ("greater than", "is greater than"),
    "<": ("less than", "is less than"),
}


@everyday
def double_ampersand(code: Code, rng: Random) -> Pair | None:
    """Write `&&` in place of `and`, at one place or all."""
    return _signs(code, rng, {"and": "&&"})


@everyday
def double_pipe(code: Code, rng: Random) -> Pair | None:
    """Write `||` in place of `or`, at one place or all."""
    return _signs(code, rng, {"or": "||"})


@everyday
def bang_not(code: Code, rng: Random) -> Pair | None:
    """Write `!x` in place of `not x`, or `x !in y` in place of `x not in y`."""
    places = code.where("not")
    if not places:
        return None
    chosen = places if rng.random() < 0.5 else [rng.choice(places)]
    text = code.text
    for index in sorted(chosen, reverse=True):
        before, after = code.tokens[index - 1] if index else None, code.tokens[index + 1 : index + 2]
        if not after or (before is not None and before.text == "is"):
            return None
        sign = rng.choice(("!", "! ")) if after[0].text == "in" else "!"
        text = text[: code.tokens[index].start] + sign + text[after[0].start :]
    return Pair(text, code.text)


@everyday
def foreign_condition(code: Code, rng: Random) -> Pair | None:
    """Write a whole text with the logical operators of other languages: `&&`, `||` and `!`."""
    if len({token.text for token in code.tokens} & {"and", "or", "not"}) < 2:
        return None
    edits = []
    for index, token in enumerate(code.tokens[:-1]):
        before, after = code.tokens[index - 1] if index else None, code.tokens[index + 1]
        if token.text in ("and", "or"):
            edits.append((token.start, token.end, "&&" if token.text == "and" else "||"))
        elif token.text == "not" and after.text != "in" and (before is None or before.text != "is"):
            edits.append((token.start, after.start, "!"))
    return Pair(_replaced(code.text, edits), code.text)


@everyday
def increment(code: Code, rng: Random) -> Pair | None:
    """Write `x++` or `x--` in place of `x += 1` or `x -= 1`."""
    places = [
        index
        for index in range(1, len(code.tokens) - 1)
        if code.tokens[index].text in ("+=", "-=")
        and code.tokens[index + 1].text == "1"
        and (index + 2 >= len(code.tokens) or code.tokens[index + 2].kind == "newline")
    ]
    if not places:
        return None
    chosen = places if rng.random() < 0.6 else [rng.choice(places)]
    edits = []
    for index in chosen:
        sign = code.tokens[index].text[0] * 2
        start = code.tokens[index - 1].end
        edits.append((start, code.tokens[index + 1].end, rng.choice((sign, sign, f" {sign}", f"{sign};"))))
    fixed = code.text
    if any(new.endswith(";") for *_, new in edits):
        ends = [(end, end, ";") for _, end, new in edits if new.endswith(";")]
        fixed = _replaced(code.text, ends)
    return Pair(_replaced(code.text, edits), fixed)


@everyday
def torn_assignment(code: Code, rng: Random) -> Pair | None:
    """Write `x + = 2`, `x += = 2` or `x =+= 2` in place of `x += 2`."""
    places = [place for sign in _AUGMENTED for place in code.where(sign)]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    torn = f"{token.text[:-1]} ="
    new = rng.choice((torn, torn, torn, torn, f"{token.text}=", f"{token.text} =", f"={token.text}"))
    return Pair(_replaced(code.text, [(token.start, token.end, new)]), code.text)


@everyday
def sign_too_many(code: Code, rng: Random) -> Pair | None:
    """Write `===`, `!==`, `***` or `///` in place of `==`, `!=`, `**` or `//`, or tear `**` and `//` apart."""
    ways = {"==": ("===",), "!=": ("!==",), "**": ("***", "* *"), "//": ("///", "/ /")}
    places = [place for sign in ways for place in code.where(sign) if _is_binary(code, place)]
    if not places:
        return None
    sign = code.tokens[rng.choice(places)].text
    chosen = [place for place in places if code.tokens[place].text == sign]
    chosen = chosen if rng.random() < 0.5 else [rng.choice(chosen)]
    new = rng.choice(ways[sign])
    edits = [(code.tokens[place].start, code.tokens[place].end, new) for place in chosen]
    return Pair(_replaced(code.text, edits), code.text)


@everyday
def turned_comparison(code: Code, rng: Random) -> Pair | None:
    """Write `=<`, `=>`, `=!` or `<>` in place of a comparison."""
    ways = {"<=": "=<", ">=": "=>", "!=": rng.choice(("<>", "<>", "=!"))}
    places = [place for sign in ways for place in code.where(sign)]
    places = [place for place in places if _is_in_condition(code, place)]
    if not places:
        return None
    chosen = places if rng.random() < 0.4 else [rng.choice(places)]
    edits = [(code.tokens[at].start, code.tokens[at].end, ways[code.tokens[at].text]) for at in chosen]
    return Pair(_replaced(code.text, edits), code.text)


@everyday
def operator_in_words(code: Code, rng: Random) -> Pair | None:
    """Write a comparison or a logical operator in words, or in capitals."""
    places = [place for sign in _WORDS for place in code.where(sign) if _is_in_condition(code, place)]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    new = rng.choice(_WORDS[token.text])
    start, end = token.start, token.end
    head = "" if code.text[start - 1 : start].isspace() else " "
    tail = "" if code.text[end : end + 1].isspace() else " "
    return Pair(_replaced(code.text, [(start, end, head + new + tail)]), code.text)


@everyday
def not_without_in(code: Code, rng: Random) -> Pair | None:
    """Write `x not y`, `x in not y`, `x notin y` or `x is not in y` in place of `x not in y`; `x not is None` in place
    of `x is not None`."""
    ways = {
        ("not", "in"): ("not", "not", "in not", "is not in", "notin", "no in"),
        ("is", "not"): ("not is", "isnot", "not"),
    }
    places = [
        index
        for index in range(1, len(code.tokens) - 1)
        if (code.tokens[index].text, code.tokens[index + 1].text) in ways
    ]
    if not places:
        return None
    index = rng.choice(places)
    first, second = code.tokens[index], code.tokens[index + 1]
    new = rng.choice(ways[first.text, second.text])
    if (first.text, new) == ("is", "not") and code.tokens[index + 2].text != "None":
        new = "not is"
    return Pair(_replaced(code.text, [(first.start, second.end, new)]), code.text)


def _signs(code: Code, rng: Random, ways: dict[str, str]) -> Pair | None:
    places = [place for word in ways for place in code.where(word)]
    if not places:
        return None
    chosen = places if rng.random() < 0.6 else [rng.choice(places)]
    tight = rng.random() < 0.1
    edits = []
    for index in chosen:
        start, end = code.tokens[index].start, code.tokens[index].end
        if tight and code.text[start - 1 : start] == " " == code.text[end : end + 1]:
            start, end = start - 1, end + 1
        edits.append((start, end, ways[code.tokens[index].text]))
    return Pair(_replaced(code.text, edits), code.text)


def _replaced(text: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _is_binary(code: Code, index: int) -> bool:
    before = code.tokens[index - 1] if index else None
    return before is not None and (_ends_operand(before))


def _ends_operand(token: Token) -> bool:
    return token.kind in ("name", "number", "string") or token.text in (")", "]", "}")


def _is_in_condition(code: Code, index: int) -> bool:
    """Return whether a token is in a header's condition, in an `assert` or behind `return`."""
    words = code.line_before(index)
    return any(re.fullmatch(r"if|elif|while|assert|return|and|or|not", word) for word in words)
