"""Faults of clauses: a keyword is missing or doubled, clauses are swapped, a condition stands in the wrong clause."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from quickfix_ls.languages.sql.breaking import Pair, fault
from quickfix_ls.languages.sql.breaking.query import Query

_CLAUSES = ("where", "group", "having", "order", "limit")
_ENDS = (*_CLAUSES, "union", "intersect", "except", ";")


@fault(1.5)
def keyword_missing(query: Query, rng: Random) -> str | None:
    """Leave out a keyword: BY, ON, FROM, AND, WHERE, JOIN, SELECT, END."""
    places = query.places("by", "on", "from", "and", "where", "join", "select", "then", "end", "in", "between")
    place = rng.choice(places) if places else -1
    return query.without(place, place + 1) if places else None


@fault(0.4)
def keyword_doubled(query: Query, rng: Random) -> str | None:
    """Write a keyword twice."""
    places = [place for place, token in enumerate(query.tokens) if token.kind == "keyword"]
    place = rng.choice(places) if places else -1
    text = query.tokens[place].text
    return query.replaced(place, place + 1, f"{text} {text}") if places else None


@fault(1.2)
def clauses_swapped(query: Query, rng: Random) -> str | None:
    """Swap two neighbouring clauses."""
    clauses = _clauses(query)
    pairs = [(one, other) for one, other in pairwise(clauses) if one[1] == other[0]]
    if not pairs:
        return None
    (first, middle), (_, last) = rng.choice(pairs)
    return query.replaced(first, last, f"{query.spelt(middle, last)} {query.spelt(first, middle)}")


@fault(0.5)
def where_twice(query: Query, rng: Random) -> str | None:
    """Write WHERE or a comma for the AND between two conditions."""
    places = query.places("and")
    place = rng.choice(places) if places else -1
    is_upper = bool(places) and query.tokens[place].text.isupper()
    word = "," if rng.random() < 0.4 else "WHERE" if is_upper else "where"
    return query.replaced(place, place + 1, word) if places else None


@fault(0.6)
def having_for_where(query: Query, rng: Random) -> Pair | str | None:
    """Write WHERE for the HAVING of a query without another WHERE, so that an aggregate stands in it."""
    clauses = {query.tokens[first].text.lower(): (first, last) for first, last in _clauses(query)}
    if "having" not in clauses or "where" in clauses or "group" not in clauses:
        return None
    first = clauses["having"][0]
    is_upper = query.tokens[first].text.isupper()
    return query.replaced(first, first + 1, "WHERE" if is_upper else "where")


@fault(0.3)
def semicolon_missing(query: Query, rng: Random) -> Pair | None:
    """Leave out the semicolon between two statements."""
    if not query.sources:
        return None
    other = f"SELECT count(*) FROM {query.tokens[query.sources[0].place].text}"
    text = query.text.rstrip().rstrip(";")
    return Pair(f"{text}\n{other};", f"{text};\n{other};")


@fault(0.3)
def semicolon_too_early(query: Query, rng: Random) -> str | None:
    """Write a semicolon before the last clause."""
    clauses = [first for first, _ in _clauses(query) if first]
    if not clauses:
        return None
    place = rng.choice(clauses)
    return query.replaced(place - 1, place, query.tokens[place - 1].text + ";")


def _clauses(query: Query) -> list[tuple[int, int]]:
    """Return the clauses of the outermost query as [first, last), in order."""
    starts, depth = [], 0
    for place, token in enumerate(query.tokens):
        depth += (token.text == "(") - (token.text == ")")
        if not depth and query.reads(place, *_ENDS):
            starts.append(place)
    return [(one, last) for one, last in pairwise([*starts, len(query.tokens)]) if query.reads(one, *_CLAUSES)]
