"""Everyday errors of spaces: a keyword glued to the word beside it."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday

_OPENING = frozenset({"import", "from", "def", "class", "return", "if", "elif", "while", "for", "del", "raise", "yield",
                      "assert", "await", "global"})  # fmt: skip
_JOINING = frozenset({"in", "and", "or", "is", "not", "import", "as"})


@everyday
def keyword_glued(code: Code, rng: Random) -> Pair | None:
    """Leave out the space between a keyword and the word behind it: `importos`, `defmain():`, `for x inrange(3):`."""
    return _glued(code, rng, _OPENING | _JOINING - {"return"})


@everyday
def return_glued(code: Code, rng: Random) -> Pair | None:
    """Leave out the space behind `return`: `return1`, `returnresult`."""
    return _glued(code, rng, frozenset({"return"}))


@everyday
def keyword_glued_behind(code: Code, rng: Random) -> Pair | None:
    """Leave out the space before a keyword: `for xin rows:`, `from osimport path`, `if xis None:`."""
    places = [
        index
        for index in range(1, len(code.tokens))
        if code.tokens[index].text in ("in", "import", "as", "is", "and", "or")
        and code.tokens[index - 1].kind == "name"
        and code.tokens[index].start == code.tokens[index - 1].end + 1
    ]
    if not places:
        return None
    token = code.tokens[rng.choice(places)]
    return Pair(code.text[: token.start - 1] + code.text[token.start :], code.text)


def _glued(code: Code, rng: Random, words: frozenset[str]) -> Pair | None:
    places = [
        index
        for index in range(len(code.tokens) - 1)
        if code.tokens[index].text in words
        and (
            code.tokens[index + 1].kind in ("name", "number")
            or code.tokens[index + 1].text in ("None", "True", "False")
        )
        and code.tokens[index + 1].start == code.tokens[index].end + 1
    ]
    if not places:
        return None
    word = rng.choice(sorted({code.tokens[index].text for index in places}))
    token = code.tokens[rng.choice([index for index in places if code.tokens[index].text == word])]
    return Pair(code.text[: token.end] + code.text[token.end + 1 :], code.text)
