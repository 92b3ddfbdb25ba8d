"""Everyday errors in which a name is cut in two, or begins with a digit."""

from __future__ import annotations

import builtins
from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday

_BUILTINS = frozenset(dir(builtins))
_FEWEST = 6
_DIGITS = ("2d", "3d", "1st", "2nd", "3rd", "5_min", "24h")


@everyday
def cut_name(code: Code, rng: Random) -> Pair | None:
    """Put a space or, within brackets, a line end into a long name that Python or the rest of the code knows."""
    places = [place for place in range(len(code.tokens)) if _may_cut(code, place)]
    if not places:
        return None
    place = rng.choice(places)
    token = code.tokens[place]
    humps = [at for at in range(2, len(token.text) - 2) if token.text[at].isupper()]
    at = rng.choice(humps) if humps else rng.randrange(2, len(token.text) - 2)
    inside = any(opener < place < closer for opener, closer in code.pairs())
    gap = rng.choice((" ", "\n")) if inside else " "
    start = token.start + at
    return Pair(code.text[:start] + gap + code.text[start:], code.text)


def _may_cut(code: Code, place: int) -> bool:
    token = code.tokens[place]
    if token.kind != "name" or len(token.text) < _FEWEST or "_" in token.text:
        return False
    if place and code.tokens[place - 1].text in (".", "def", "class", "import", "as"):
        return False
    return token.text in _BUILTINS or len(code.where(token.text)) > 1


@everyday
def digit_before_name(code: Code, rng: Random) -> Pair | None:
    """Rename a local name to one that begins with a digit."""
    names = {token.text for place, token in enumerate(code.tokens) if _is_target(code, place)}
    texts = "".join(token.text for token in code.tokens if token.kind == "string")
    alone = (name for name in sorted(names) if all(_stands_alone(code, place) for place in code.where(name)))
    free = [name for name in alone if name not in texts]
    if not free:
        return None
    name = rng.choice(free)
    new = f"{rng.choice(_DIGITS)}_{name}"
    return Pair(_renamed(code, name, new), _renamed(code, name, f"_{new}"))


def _is_target(code: Code, place: int) -> bool:
    if code.tokens[place].kind != "name":
        return False
    before = code.tokens[place - 1] if place else None
    if before is not None and before.kind != "newline":
        return before.text == "for"
    return place + 1 < len(code.tokens) and code.tokens[place + 1].text == "="


def _stands_alone(code: Code, place: int) -> bool:
    """Return whether a name is no attribute, argument name or parameter, so that it can be renamed."""
    before = code.tokens[place - 1].text if place else "\n"
    after = code.tokens[place + 1].text if place + 1 < len(code.tokens) else "\n"
    return before not in (".", "def", "class", "import", "as", "global") and not (before in ("(", ",") and after == "=")


def _renamed(code: Code, name: str, new: str) -> str:
    text = code.text
    for place in reversed(code.where(name)):
        token = code.tokens[place]
        text = text[: token.start] + new + text[token.end :]
    return text
