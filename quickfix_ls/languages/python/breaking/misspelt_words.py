"""Operators that misspell words."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code, operator
from quickfix_ls.languages.python.lexer import KEYWORDS

KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@operator
def misspell_keyword(code: Code, rng: Random, detail: str) -> str | None:
    """Misspell a keyword: `Class`, `CLASS` (detail `case`) or `clas`, `retrun` (detail `edit`)."""
    places = [index for index, token in enumerate(code.tokens) if token.text in KEYWORDS]
    if not places:
        return None
    index = rng.choice(places)
    right = code.tokens[index].text
    wrong = mistype(right, rng)
    if detail == "case":
        wrong = right.swapcase() if rng.random() < 0.2 else right.swapcase()[0] + right[1:]
    return None if wrong in KEYWORDS else code.replaced(index, index + 1, wrong)


@operator
def keyword_as_name(code: Code, rng: Random, detail: str) -> str | None:
    """Replace a name by the keyword `detail`."""
    return code.at(rng, code.of_shape("name"), 1, detail)


def mistype(word: str, rng: Random) -> str:
    """Return the word with one typing error: a letter deleted, doubled or inserted, two swapped, or a neighbouring key
    hit.

    The first letter is seldom changed. The result may be a word again, or the word itself.
    """
    low = 0 if rng.random() < 0.1 or len(word) < 2 else 1
    at = rng.randrange(low, len(word))
    kind = rng.choices(("delete", "insert", "replace", "swap"), (30, 25, 25, 20))[0]
    if kind == "delete":
        return word[:at] + word[at + 1 :]
    if kind == "swap":
        at = min(at, len(word) - 2) if len(word) > 1 else 0
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    if kind == "insert" and rng.random() < 0.5:
        return word[:at] + word[at] + word[at:]
    near = _neighbour(word[at], rng)
    return word[:at] + near + word[at + (kind == "replace") :]


def _neighbour(letter: str, rng: Random) -> str:
    for row in KEYBOARD:
        if (at := row.find(letter.lower())) >= 0:
            near = rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
            return near.upper() if letter.isupper() else near
    return rng.choice("0123456789") if letter.isdigit() else rng.choice("aeinorst")
