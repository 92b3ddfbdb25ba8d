"""Habits of other dialects that SQLite refuses. Each puts the right construct into the query and breaks that."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from quickfix_ls.languages.sql.breaking import Pair, fault
from quickfix_ls.languages.sql.breaking.query import Query

_FUNCTIONS = (
    ("LEN({0})", "LENGTH({0})"), ("CHAR_LENGTH({0})", "LENGTH({0})"), ("LEFT({0}, 3)", "SUBSTR({0}, 1, 3)"),
    ("ISNULL({0}, 0)", "IFNULL({0}, 0)"), ("NVL({0}, 0)", "IFNULL({0}, 0)"),
    ("IF({0} > 1, 1, 0)", "IIF({0} > 1, 1, 0)"),
    ("UCASE({0})", "UPPER({0})"), ("LCASE({0})", "LOWER({0})"),
    ("{0}::int", "CAST({0} AS INTEGER)"), ("{0}::text", "CAST({0} AS TEXT)"),
    ("TO_CHAR({0}, 'YYYY')", "STRFTIME('%Y', {0})"),
    ("CONCAT({0}, ' ', {0})", "{0} || ' ' || {0}"),
)  # fmt: skip
_DATES = (
    ("YEAR({0})", "STRFTIME('%Y', {0})"), ("MONTH({0})", "STRFTIME('%m', {0})"), ("DAY({0})", "STRFTIME('%d', {0})"),
    ("DATE_FORMAT({0}, '%Y-%m')", "STRFTIME('%Y-%m', {0})"), ("EXTRACT(YEAR FROM {0})", "STRFTIME('%Y', {0})"),
    ("DATEDIFF(NOW(), {0})", "JULIANDAY('now') - JULIANDAY({0})"), ("TO_DATE({0}, 'YYYY-MM-DD')", "DATE({0})"),
)  # fmt: skip
_COMPARISONS = ("=", "<", ">", "<=", ">=", "<>", "!=", "between", "in")


@fault(1.2)
def top(query: Query, rng: Random) -> str | None:
    """Write `SELECT TOP n` for a LIMIT at the end."""
    limits = query.places("limit")
    if len(limits) != 1 or limits[0] + 2 != len(query.tokens) or not query.reads(0, "select"):
        return None
    first = limits[0]
    count = query.tokens[first + 1].text
    at = 1 + query.reads(1, "distinct")
    head = query.tokens[at - 1].end
    body = query.text[head : query.tokens[first].start].rstrip()
    return f"{query.text[:head]} TOP {count}{body}"


@fault(0.6)
def fetch_first(query: Query, rng: Random) -> str | None:
    """Write `FETCH FIRST n ROWS ONLY` for LIMIT."""
    places = [place for place in query.places("limit") if place + 1 < len(query.tokens)]
    if len(places) != 1 or query.tokens[places[0] + 1].kind != "number" or query.reads(places[0] + 2, ",", "offset"):
        return None
    first = places[0]
    return query.replaced(first, first + 2, f"FETCH FIRST {query.tokens[first + 1].text} ROWS ONLY")


@fault(0.8)
def ilike(query: Query, rng: Random) -> str | None:
    """Write ILIKE for LIKE."""
    return query.at(rng, query.places("like"), "ILIKE")


@fault(1.6)
def function_of_other_dialect(query: Query, rng: Random) -> Pair | None:
    """Call a function that SQLite lacks."""
    return _called(query, rng, query.columns, _FUNCTIONS)


@fault(2.4)
def date_function(query: Query, rng: Random) -> Pair | None:
    """Take a date to pieces by a function that SQLite lacks."""
    dates = [
        place for place in query.columns
        if any(word in query.name(place) for word in ("date", "time", "birth", "year", "day", "created"))
    ]  # fmt: skip
    return _called(query, rng, dates, _DATES)


@fault(0.6)
def written_date_function(query: Query, rng: Random) -> str | None:
    """Write `YEAR(x)` for the `STRFTIME('%Y', x)` of the query."""
    table = {"'%y'": "YEAR", "'%m'": "MONTH", "'%d'": "DAY"}
    found = [place for place in query.functions if query.reads(place, "strftime") and query.reads(place + 2, *table)]
    if not found:
        return None
    place = rng.choice(found)
    last = query.closing(place + 1)
    if last < 0 or not query.reads(place + 3, ","):
        return None
    name = table[query.tokens[place + 2].text.lower()]
    return query.replaced(place, last + 1, f"{name}({query.spelt(place + 4, last)})")


@fault(0.5)
def cast_by_colons(query: Query, rng: Random) -> str | None:
    """Write `x::REAL` for `CAST(x AS REAL)`."""
    found = []
    for place in query.places("cast"):
        last = query.closing(place + 1)
        if last > 0 and query.reads(last - 2, "as"):
            found.append((place, last))
    if not found:
        return None
    place, last = rng.choice(found)
    inner = query.spelt(place + 2, last - 2)
    plain = inner if last - 2 - (place + 2) <= 3 else f"({inner})"
    return query.replaced(place, last + 1, f"{plain}::{query.tokens[last - 1].text}")


def _called(query: Query, rng: Random, columns: Sequence[int], forms: Sequence[tuple[str, str]]) -> Pair | None:
    """Return the query with a column wrapped by a form, broken and right; a column that is selected or compared."""
    if not columns:
        return None
    place = rng.choice(columns)
    first = place - 2 if query.reads(place - 1, ".") else place
    broken, right = rng.choice(forms)
    column = query.spelt(first, place + 1)
    if right.startswith("STRFTIME") and _is_compared_as_number(query, first, place):
        # Parts of dates are texts in SQLite, and no text equals a number.
        right = f"CAST({right} AS INTEGER)"
    return Pair(
        query.replaced(first, place + 1, broken.format(column)), query.replaced(first, place + 1, right.format(column))
    )


def _is_compared_as_number(query: Query, first: int, last: int) -> bool:
    """Return whether the tokens [first, last] are compared with something else than a text in quotes."""
    if last + 2 < len(query.tokens) and query.reads(last + 1, *_COMPARISONS):
        return query.tokens[last + 2].kind != "string"
    return first > 1 and query.reads(first - 1, *_COMPARISONS) and query.tokens[first - 2].kind != "string"
