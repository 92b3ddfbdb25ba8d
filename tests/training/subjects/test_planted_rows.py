"""Faults planted into valid queries: SQLite refuses what they break, and takes what they break it from."""

from __future__ import annotations

from random import Random

import pytest

from quickfix_ls.languages.sql.breaking import all_faults, planted
from quickfix_ls.languages.sql.breaking.names import other_number, singular
from quickfix_ls.languages.sql.breaking.query import Query
from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.training.subjects.sql import schema_of
from quickfix_ls.training.subjects.sql.made_queries import made_query
from quickfix_ls.training.subjects.sql.planted_rows import planted_rows
from quickfix_ls.training.subjects.sql.sqlite_engine import is_accepted, refusal

HOTELS = Schema(
    (
        Table(
            "rooms",
            (
                Column("room_id", "INTEGER"),
                Column("hotel_id", "INTEGER"),
                Column("price_per_night", "REAL"),
                Column("name", "TEXT"),
                Column("opening_date", "TEXT"),
                Column("city", "TEXT"),
            ),
        ),
        Table("hotels", (Column("hotel_id", "INTEGER"), Column("name", "TEXT"), Column("Home Town", "TEXT"))),
        Table("cities", (Column("city_code", "TEXT"), Column("country", "TEXT"))),
    ),
    dialect="sqlite",
    origin="hotels",
)
QUERIES = (
    "SELECT T1.name, COUNT(*) FROM hotels AS T1 JOIN rooms AS T2 ON T1.hotel_id = T2.hotel_id "
    "WHERE T1.`Home Town` = 'Paris' AND T2.price_per_night <= 80 GROUP BY T1.name HAVING COUNT(*) > 2 "
    "ORDER BY T1.name LIMIT 5",
    "SELECT rooms.name, UPPER(hotels.name) FROM rooms JOIN hotels ON rooms.hotel_id = hotels.hotel_id "
    "WHERE hotels.name LIKE 'O''Brien%' OR rooms.name <> 'x' LIMIT 3",
    "SELECT name, CAST(price_per_night AS REAL) FROM rooms WHERE STRFTIME('%Y', opening_date) = '2010'",
    "SELECT name FROM hotels WHERE hotel_id IN (SELECT hotel_id FROM rooms GROUP BY hotel_id HAVING COUNT(*) > 2)",
    "SELECT hotel_id FROM rooms GROUP BY hotel_id HAVING COUNT(*) > 2",
    "SELECT r.name FROM rooms r JOIN cities c ON r.city = c.city_code",
)


@pytest.mark.parametrize("name", all_faults())
def test_each_fault_breaks_a_query(name: str) -> None:
    rows = list(planted_rows({"hotels": QUERIES}, {"hotels": HOTELS}, 3, faults=[name], made_up=0))
    assert rows
    for row in rows:
        assert row.error_type == name
        assert row.error == refusal(HOTELS, row.broken) != ""
        assert is_accepted(HOTELS, row.fixed)
        assert row.edit_tokens > 0


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("qualifier_dropped", "SELECT name FROM rooms r JOIN hotels h ON r.hotel_id = h.hotel_id"),
        ("wrong_qualifier", "SELECT r.name FROM rooms r JOIN hotels h ON r.hotel_id = h.hotel_id"),
        ("alias_missing", "SELECT h.name FROM rooms r JOIN hotels ON r.hotel_id = h.hotel_id"),
        ("table_for_alias", "SELECT hotels.name FROM rooms r JOIN hotels h ON r.hotel_id = h.hotel_id"),
        ("join_missing", "SELECT h.name FROM rooms r"),
        ("key_of_other_table", ""),
    ],
)
def test_faults_of_qualifiers(name: str, broken: str) -> None:
    text = "SELECT h.name FROM rooms r JOIN hotels h ON r.hotel_id = h.hotel_id"
    made = {found.broken for seed in range(60) if (found := planted(Query(text, HOTELS), Random(seed), name))}
    if name in ("wrong_qualifier", "key_of_other_table"):
        # Both tables have all of these columns, so that another one is right, too.
        assert not made
    else:
        assert broken in made


def test_the_same_seed_gives_the_same_rows() -> None:
    def made(seed: int) -> list[str]:
        return [row.broken for row in planted_rows({"hotels": QUERIES}, {"hotels": HOTELS}, 40, seed)]

    assert made(1) == made(1) != made(2)
    assert len(made(1)) == 40


def test_rows_carry_their_schema() -> None:
    (row,) = planted_rows({}, {"hotels": HOTELS}, 1)
    assert (row.lang, row.group, schema_of(row)) == ("sql", "hotels", HOTELS)


def test_queries_from_patterns_are_valid() -> None:
    rng = Random(0)
    queries = [made_query(HOTELS, rng) for _ in range(200)]
    assert len(set(queries)) > 150
    assert [query for query in queries if query and refusal(HOTELS, query)] == []


@pytest.mark.parametrize(
    ("one", "many"),
    [("room", "rooms"), ("country", "countries"), ("match", "matches"), ("box", "boxes"), ("class", "classes")],
)
def test_plurals(one: str, many: str) -> None:
    assert (other_number(one), other_number(many)) == (many, one)
    assert singular(one) == one
