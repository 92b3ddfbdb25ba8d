"""Faults of commas, brackets, quotes and operators."""

from __future__ import annotations

import re
from random import Random

from quickfix_ls.languages.sql.breaking import fault
from quickfix_ls.languages.sql.breaking.query import Query


@fault(1.2)
def comma_missing(query: Query, rng: Random) -> str | None:
    """Leave out a comma."""
    places = query.places(",")
    place = rng.choice(places) if places else -1
    return query.without(place, place + 1) if places else None


@fault(0.3)
def comma_doubled(query: Query, rng: Random) -> str | None:
    """Write a comma twice."""
    return query.at(rng, query.places(","), ", ,")


@fault(1.2)
def trailing_comma(query: Query, rng: Random) -> str | None:
    """Write a comma behind the last selected or grouped column."""
    ends = [
        place for place in query.places("from", "order", "having", "where") if place and not query.reads(place - 1, "*")
    ]
    place = rng.choice(ends) if ends else 0
    return query.replaced(place - 1, place, query.tokens[place - 1].text + ",") if place else None


@fault(1.5)
def bracket_missing(query: Query, rng: Random) -> str | None:
    """Leave out a bracket, more often a closing one."""
    places = query.places(*("(" if rng.random() < 0.25 else ")"))
    place = rng.choice(places) if places else -1
    return query.without(place, place + 1) if places else None


@fault(0.7)
def bracket_extra(query: Query, rng: Random) -> str | None:
    """Write a closing bracket twice, or one at the end."""
    return query.at(rng, query.places(")"), "))") if rng.random() < 0.7 else query.text.rstrip() + ")"


@fault(1.2)
def quote_missing(query: Query, rng: Random) -> str | None:
    """Leave out a quote of a string."""
    places = [place for place, token in enumerate(query.tokens) if token.kind == "string"]
    if not places:
        return None
    place = rng.choice(places)
    text = query.tokens[place].text
    return query.replaced(place, place + 1, text[:-1] if rng.random() < 0.7 else text[1:])


@fault(0.7)
def string_unquoted(query: Query, rng: Random) -> str | None:
    """Write a string of one word without its quotes."""
    found = [
        place for place, token in enumerate(query.tokens)
        if token.kind == "string" and re.fullmatch(r"'[A-Za-z_]\w*'", token.text)
    ]  # fmt: skip
    if not found:
        return None
    place = rng.choice(found)
    return query.replaced(place, place + 1, query.tokens[place].text[1:-1])


@fault(0.6)
def apostrophe(query: Query, rng: Random) -> str | None:
    """Don't double an apostrophe in a string."""
    places = [place for place, token in enumerate(query.tokens) if token.kind == "string" and "''" in token.text[1:-1]]
    place = rng.choice(places) if places else -1
    return query.replaced(place, place + 1, query.tokens[place].text.replace("''", "'")) if places else None


@fault(0.4)
def typographic_quotes(query: Query, rng: Random) -> str | None:
    """Write a string in the quotes of a word processor."""
    places = [place for place, token in enumerate(query.tokens) if token.kind == "string"]
    place = rng.choice(places) if places else -1
    return query.replaced(place, place + 1, f"‘{query.tokens[place].text[1:-1]}’") if places else None


@fault(1.2)
def name_unquoted(query: Query, rng: Random) -> str | None:
    """Leave out the quotes around a name that needs them, since it has blanks or signs or is a keyword."""
    found = [
        place for place, token in enumerate(query.tokens)
        if token.text[0] in '"`' and token.text[1:-1] and place in {*query.columns, *(s.place for s in query.sources)}
    ]  # fmt: skip
    if not found:
        return None
    place = rng.choice(found)
    return query.replaced(place, place + 1, query.tokens[place].text[1:-1])


@fault(1.0)
def operator_split(query: Query, rng: Random) -> str | None:
    """Write a blank in an operator: `! =`."""
    places = query.places("!=", "<>", ">=", "<=", "||")
    place = rng.choice(places) if places else -1
    text = query.tokens[place].text
    return query.replaced(place, place + 1, f"{text[0]} {text[1]}") if places else None


@fault(0.4)
def operator_of_other_language(query: Query, rng: Random) -> str | None:
    """Write an operator as other languages do: `&&`, `=>`, `=<`, `!`."""
    table = {"and": "&&", ">=": "=>", "<=": "=<", "<>": "!==", "!=": "!=="}
    places = query.places(*table)
    place = rng.choice(places) if places else -1
    return query.replaced(place, place + 1, table[query.tokens[place].text.lower()]) if places else None


@fault(0.4)
def dot_for_comma(query: Query, rng: Random) -> str | None:
    """Hit the dot for the comma, or the comma for the dot."""
    places = query.places(",", ".")
    place = rng.choice(places) if places else -1
    return query.replaced(place, place + 1, "." if query.tokens[place].text == "," else ",") if places else None
