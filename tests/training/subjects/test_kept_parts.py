"""Whether a fix of a statement changed anything but its failing part."""

from __future__ import annotations

from functools import partial

import pytest

from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.training.subjects.sql.kept_parts import is_confined
from quickfix_ls.training.subjects.sql.sql_tokens import double_quoted
from quickfix_ls.training.subjects.sql.sqlite_engine import is_accepted, refusal


def table(name: str, *columns: str) -> Table:
    return Table(name, tuple(Column(column, "TEXT") for column in columns))


SCHEMA = Schema(
    (
        table("rooms", "room_id", "price", "name", "since", "hotel_id"),
        table("hotels", "hotel_id", "name", "town"),
        table("guests", "guest_id", "room_id", "grade"),
    ),
    dialect="sqlite",
)


def confined(broken: str, fixed: str) -> bool:
    accepts = partial(is_accepted, SCHEMA, known_texts=double_quoted(broken))
    assert refusal(SCHEMA, broken)
    assert accepts(fixed)
    return is_confined(SCHEMA, broken, fixed, refusal(SCHEMA, broken), accepts)


@pytest.mark.parametrize(
    ("broken", "fixed"),
    [
        ("SELECT pric FROM rooms WHERE name = 'x'", "SELECT price FROM rooms WHERE name = 'x'"),
        ("SELECT pric, nam FROM rooms", "SELECT price, name FROM rooms"),
        ("SELECT price FROM room", "SELECT price FROM rooms"),
        ("SELECT grade FROM rooms", "SELECT grade FROM rooms JOIN guests ON guests.room_id = rooms.room_id"),
        ("SELECT grade FROM rooms", "SELECT guests.grade FROM rooms JOIN guests ON guests.room_id = rooms.room_id"),
        ("SELECT T1.price FROM rooms", "SELECT price FROM rooms"),
        ("SELECT 1 FROM rooms WHERE YEAR(since) = 2010", "SELECT 1 FROM rooms WHERE STRFTIME('%Y', since) = '2010'"),
        ("SELECT TO_CHAR(since, 'YYYY') FROM rooms", "SELECT STRFTIME('%Y', since) FROM rooms"),
        ("SELECT TOP 5 price FROM rooms", "SELECT price FROM rooms LIMIT 5"),
        ("SELECT price, FROM rooms", "SELECT price FROM rooms"),
        ("SELECT price FROM rooms WHERE name = Suite", "SELECT price FROM rooms WHERE name = 'Suite'"),
        ("SELECT price FROM rooms WHERE name = 'Suite", "SELECT price FROM rooms WHERE name = 'Suite'"),
        ("SELECT 1 FROM rooms ORDER BY price WHERE name = 'x'", "SELECT 1 FROM rooms WHERE name = 'x' ORDER BY price"),
        ("SELECT CONCAT(name, ' ', town) FROM hotels", "SELECT name || ' ' || town FROM hotels"),
        ("SELECT name FROM rooms WHERE name = 'it's so'", "SELECT name FROM rooms WHERE name = 'it''s so'"),
        ("SELECT price. name FROM rooms", "SELECT price, name FROM rooms"),
    ],
)  # fmt: skip
def test_the_failing_part_may_change(broken: str, fixed: str) -> None:
    assert confined(broken, fixed)


@pytest.mark.parametrize(
    ("broken", "fixed"),
    [
        # A change that nothing needs.
        ("SELECT pric, name FROM rooms", "SELECT price, since FROM rooms"),
        ("SELECT pric FROM rooms ORDER BY name", "SELECT price FROM rooms ORDER BY name DESC"),
        # Another table.
        ("SELECT town FROM rooms", "SELECT town FROM hotels"),
        # A condition, a string or a number less, or another one.
        ("SELECT price FROM rooms WHERE nam = 'x' AND price > 5", "SELECT price FROM rooms WHERE price > 5"),
        ("SELECT price FROM rooms WHERE nam = 'x'", "SELECT price FROM rooms WHERE name = 'y'"),
        ("SELECT price FROM rooms WHERE name = 'it''s' LIMIT ,5", "SELECT price FROM rooms WHERE name = 'x' LIMIT 5"),
        # A selected column less, or a value in its place.
        ("SELECT pric, name FROM rooms", "SELECT name FROM rooms"),
        ("SELECT pric FROM rooms", "SELECT 1 FROM rooms"),
        ("SELECT pric FROM rooms", "SELECT NULL FROM rooms"),
        ("SELECT price FROM rooms ORDER BY nam", "SELECT price FROM rooms"),
        ("SELECT price FROM rooms WHERE name = nam", "SELECT price FROM rooms WHERE name = 'Suite'"),
    ],
)  # fmt: skip
def test_nothing_else_may_change(broken: str, fixed: str) -> None:
    assert not confined(broken, fixed)
