"""Everyday errors in conditions and branches."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.python.breaking import Code
from quickfix_ls.languages.python.breaking.everyday import Pair, everyday


@everyday
def else_if(code: Code, rng: Random) -> Pair | None:
    """Write `else if`, `elseif` or `elsif` in place of `elif`."""
    broken = code.at(rng, code.where("elif"), 1, rng.choice(("else if", "elseif", "elsif")))
    return Pair(broken, code.text) if broken else None


@everyday
def spaced_comparison(code: Code, rng: Random) -> Pair | None:
    """Write `= =`, `! =`, `> =` or `< =` in place of a comparison."""
    places = [place for sign in ("==", "!=", ">=", "<=") for place in code.where(sign)]
    if not places:
        return None
    place = rng.choice(places)
    sign = code.tokens[place].text
    return Pair(code.replaced(place, place + 1, f"{sign[0]} {sign[1]}"), code.text)
