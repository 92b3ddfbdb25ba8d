"""Faults of qualifiers: the wrong table, none where it is needed, an alias or a join that is missing."""

from __future__ import annotations

from random import Random

from quickfix_ls.languages.sql.breaking import fault
from quickfix_ls.languages.sql.breaking.query import Query, Source

_ENDS_JOIN = ("join", "inner", "left", "right", "cross", "full", "natural", "where", "group", "order", "having",
              "limit", "union", "intersect", "except", ")", ";")  # fmt: skip


@fault(3.0)
def wrong_qualifier(query: Query, rng: Random) -> str | None:
    """Qualify a column by another table of the query, which lacks it."""
    found = []
    for place in query.qualifiers:
        own = query.source_of(place)
        for other in query.sources:
            if own and other.table is not own.table and other.table.column(query.name(place + 2)) is None:
                found.append((place, other))
    if not found:
        return None
    place, other = rng.choice(found)
    return query.replaced(place, place + 1, _called(query, other))


@fault(1.5)
def key_of_other_table(query: Query, rng: Random) -> str | None:
    """Call a key by the other table's name for it: `flights.airport_code = airports.airport_code`."""
    found = []
    for place in query.places("="):
        left, right = place - 3, place + 1
        if left not in query.qualifiers or right not in query.qualifiers:
            continue
        for wrong, other in ((left, right), (right, left)):
            source = query.source_of(wrong)
            if source is not None and source.table.column(query.name(other + 2)) is None:
                found.append((wrong + 2, query.tokens[other + 2].text))
    if not found:
        return None
    place, name = rng.choice(found)
    return query.replaced(place, place + 1, name)


@fault(1.2)
def qualifier_dropped(query: Query, rng: Random) -> str | None:
    """Leave out the qualifier of a column that several tables have."""
    found = [
        place for place in query.qualifiers
        if sum(source.table.column(query.name(place + 2)) is not None for source in query.sources) > 1
    ]  # fmt: skip
    if not found:
        return None
    place = rng.choice(found)
    return query.replaced(place, place + 3, query.tokens[place + 2].text)


@fault(0.8)
def table_for_alias(query: Query, rng: Random) -> str | None:
    """Qualify a column by the table's name, although the table has an alias."""
    found = [(place, source) for place in query.qualifiers if (source := query.source_of(place)) and source.alias >= 0]
    if not found:
        return None
    place, source = rng.choice(found)
    return query.replaced(place, place + 1, query.tokens[source.place].text)


@fault(0.8)
def alias_missing(query: Query, rng: Random) -> str | None:
    """Leave out the alias of a table, although columns are qualified by it."""
    found = [source for source in query.sources if source.alias >= 0]
    source = rng.choice(found) if found else None
    return query.without(source.place + 1, source.alias + 1) if source else None


@fault(0.8)
def unknown_alias(query: Query, rng: Random) -> str | None:
    """Qualify a column by an alias that the query does not define: `T3.name`, `c.name`."""
    found = [place for place in query.qualifiers if query.source_of(place)]
    if not found:
        return None
    place = rng.choice(found)
    source = query.source_of(place)
    assert source is not None
    new = rng.choice([source.table.name[0].lower(), f"T{len(query.sources) + 1}"])
    return query.replaced(place, place + 1, new)


@fault(1.0)
def join_missing(query: Query, rng: Random) -> str | None:
    """Leave out the join of a table whose columns are used."""
    found = []
    for source in query.sources:
        first = source.place - 1
        if query.reads(first, "join"):
            first -= query.reads(first - 1, "inner", "left", "cross")
            last = source.place
            while last < len(query.tokens) and not query.reads(last, *_ENDS_JOIN):
                last = query.closing(last) + 1 if query.reads(last, "(") else last + 1
            found.append((first, last))
    if not found:
        return None
    first, last = rng.choice(found)
    return query.without(first, last)


def _called(query: Query, source: Source) -> str:
    """Return the name by which columns of a source are qualified."""
    return query.tokens[source.alias if source.alias >= 0 else source.place].text
