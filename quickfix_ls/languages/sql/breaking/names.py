"""Faults of single names: mistyped, spelt by another convention, shortened, or without a part."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from quickfix_ls.languages.python.breaking.misspelt_words import mistype
from quickfix_ls.languages.sql.breaking import fault
from quickfix_ls.languages.sql.breaking.query import Query
from quickfix_ls.languages.sql.lexer import WORDS, unquoted

_SHORTEST = 3
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SHORT = {
    "customer": "cust", "number": "num", "employee": "emp", "department": "dept", "quantity": "qty", "name": "nm",
    "description": "desc", "amount": "amt", "address": "addr", "date": "dt", "product": "prod", "average": "avg",
    "identifier": "id", "code": "cd", "student": "stud", "account": "acct", "transaction": "txn", "count": "cnt",
    "message": "msg", "category": "cat", "percent": "pct", "position": "pos", "reference": "ref", "temperature": "temp",
}  # fmt: skip
_VOWELS = re.compile(r"(?<=[a-z])[aeiou](?=[a-z])")


@fault(3.0)
def column_typo(query: Query, rng: Random) -> str | None:
    """Mistype the name of a column."""
    return _renamed(query, rng, query.columns, mistype)


@fault(1.2)
def table_typo(query: Query, rng: Random) -> str | None:
    """Mistype the name of a table where it is read; uses of the name elsewhere stay right."""
    return _renamed(query, rng, [source.place for source in query.sources], mistype)


@fault(0.8)
def qualifier_typo(query: Query, rng: Random) -> str | None:
    """Mistype the alias or table before a column."""
    return _renamed(query, rng, query.qualifiers, mistype, 2)


@fault(0.8)
def function_typo(query: Query, rng: Random) -> str | None:
    """Mistype the name of a function."""
    return _renamed(query, rng, query.functions, mistype)


@fault(1.2)
def keyword_typo(query: Query, rng: Random) -> str | None:
    """Mistype a keyword."""
    places = [place for place, token in enumerate(query.tokens) if token.kind == "keyword" and len(token.text) > 2]
    return _renamed(query, rng, places, mistype)


@fault(1.0)
def underscore(query: Query, rng: Random) -> str | None:
    """Leave out an underscore of a name, or put one between two of its words."""

    def changed(name: str, rng: Random) -> str:
        words = _WORD.findall(name)
        places = [place for place, sign in enumerate(name) if sign == "_"]
        if places:
            place = rng.choice(places)
            return name[:place] + name[place + 1 :]
        return "_".join(words) if len(words) > 1 and "".join(words) == name else name

    return _renamed(query, rng, _of_schema(query), changed)


@fault(0.9)
def plural(query: Query, rng: Random) -> str | None:
    """Write a plural as a singular, or the other way round."""
    return _renamed(query, rng, _of_schema(query), lambda name, rng: other_number(name))


@fault(0.6)
def other_case_style(query: Query, rng: Random) -> str | None:
    """Write `snake_case` as `camelCase`, or the other way round."""

    def changed(name: str, rng: Random) -> str:
        words = _WORD.findall(name)
        if "_" in name:
            return words[0].lower() + "".join(word.capitalize() for word in words[1:]) if words else name
        return "_".join(word.lower() for word in words)

    return _renamed(query, rng, _of_schema(query), changed)


@fault(0.4)
def word_order(query: Query, rng: Random) -> str | None:
    """Swap the first and the last word of a name: `date_of_birth`, `birth_of_date`."""

    def changed(name: str, rng: Random) -> str:
        words = name.split("_")
        return "_".join([words[-1], *words[1:-1], words[0]]) if len(words) > 1 else name

    return _renamed(query, rng, _of_schema(query), changed)


@fault(0.9)
def abbreviation(query: Query, rng: Random) -> str | None:
    """Shorten a word of a name: `cust_name`, `customer_nm`, `qntty`."""

    def changed(name: str, rng: Random) -> str:
        words = [word for word in _WORD.findall(name) if len(word) > 3]
        if not words:
            return name
        word = rng.choice(words)
        short = _SHORT.get(word.lower()) or (word[:4] if rng.random() < 0.5 else _VOWELS.sub("", word))
        short = short.upper() if word.isupper() else short.capitalize() if word[0].isupper() else short
        return name.replace(word, short, 1)

    return _renamed(query, rng, _of_schema(query), changed)


@fault(1.2)
def part_dropped(query: Query, rng: Random) -> str | None:
    """Leave out a word of a name: `employee_name` as `name`, `phone_number` as `phone`."""

    def changed(name: str, rng: Random) -> str:
        words = name.split("_")
        if len(words) > 1:
            words.pop(0 if rng.random() < 0.6 else -1)
            return "_".join(words)
        parts = _WORD.findall(name)
        return "".join(parts[1:] if rng.random() < 0.6 else parts[:-1]) if len(parts) > 1 else name

    return _renamed(query, rng, query.columns, changed)


@fault(1.0)
def table_prefix_added(query: Query, rng: Random) -> str | None:
    """Put the table's name before that of its column: `name` as `student_name`."""
    tables = [singular(source.table.name.split("_")[-1].lower()) for source in query.sources]
    if not tables:
        return None
    return _renamed(query, rng, query.columns, lambda name, rng: f"{rng.choice(tables)}_{name}", 2)


def other_number(name: str) -> str:
    """Return the plural of a singular, or the singular of a plural."""
    other = singular(name)
    if other != name:
        return other
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")


def singular(name: str) -> str:
    """Return the singular of an English plural, and any other word unchanged."""
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("ches", "shes", "xes", "sses")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) and len(name) > 3 else name


def _of_schema(query: Query) -> list[int]:
    """Return the places of columns and tables; columns are renamed more often, since there are more of them."""
    return [*query.columns, *(source.place for source in query.sources)]


def _renamed(
    query: Query, rng: Random, places: Sequence[int], changed: Callable[[str, Random], str], shortest: int = _SHORTEST
) -> str | None:
    """Return the text with one of the names changed; None if there is none, or the result is the same or a keyword."""
    found = [place for place in places if len(unquoted(query.tokens[place].text)) >= shortest]
    if not found:
        return None
    place = rng.choice(found)
    text = query.tokens[place].text
    name = unquoted(text)
    new = changed(name, rng)
    if not new or new.lower() == name.lower() or new.lower() in WORDS:
        return None
    is_plain = text == name
    if is_plain and not re.fullmatch(r"[A-Za-z_]\w*", new):
        return None
    return query.replaced(place, place + 1, new if is_plain else text[0] + new + text[-1])
