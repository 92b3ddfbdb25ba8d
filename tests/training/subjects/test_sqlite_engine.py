"""SQLite as the judge of statements, with the empty tables of a schema."""

from __future__ import annotations

import pytest

from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.training.subjects.sql.sqlite_engine import is_accepted, refusal

ROOMS = Schema(
    (Table("rooms", (Column("room_id", "INTEGER"), Column("Home Town", "TEXT"), Column("price", "REAL"))),),
    dialect="sqlite",
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT price FROM rooms", ""),
        ("SELECT `Home Town` FROM rooms; SELECT price FROM rooms;", ""),
        ("SELECT pric FROM rooms", "no such column: pric"),
        ("SELECT price FROM rooms; SELECT price FROM room", "no such table: room"),
        ("SELECT price FRM rooms", 'near "rooms": syntax error'),
        ("-- nothing", "no statement"),
        ("", "no statement"),
    ],
)
def test_a_statement_is_prepared_and_not_run(text: str, message: str) -> None:
    assert refusal(ROOMS, text) == message


def test_a_statement_that_would_change_the_tables_leaves_them_as_they_are() -> None:
    assert refusal(ROOMS, "DROP TABLE rooms") == ""
    assert refusal(ROOMS, "SELECT price FROM rooms") == ""


@pytest.mark.parametrize(
    ("text", "known", "accepted"),
    [
        ('SELECT "Home Town" FROM rooms', frozenset(), True),
        ('SELECT "HomeTown" FROM rooms', frozenset(), False),
        ('SELECT price AS "the price" FROM rooms ORDER BY "the price"', frozenset(), True),
        ('SELECT price FROM rooms WHERE `Home Town` = "Paris"', frozenset(), False),
        ('SELECT price FROM rooms WHERE `Home Town` = "Paris"', frozenset({'"Paris"'}), True),
    ],
)
def test_a_new_name_in_double_quotes_is_no_string(text: str, known: frozenset[str], accepted: bool) -> None:
    assert is_accepted(ROOMS, text, known) is accepted
