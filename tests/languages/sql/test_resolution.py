"""Names are looked up in the scopes of a query as engines do; those in square brackets are the ones reported."""

from __future__ import annotations

import re

import pytest

from quickfix_ls.problems import find_all
from tests.kit_sql import schema_of, sql_index

SCHEMA = schema_of(rooms="id price building_id", buildings="id name city", guests="id name room_id")
_MARK = re.compile(r"\[(\w+)\]")

CASES = [
    ("postgres", "SELECT price, [prise] FROM rooms"),
    ("postgres", "SELECT r.price FROM rooms r JOIN buildings b ON r.building_id = b.id WHERE b.[town] = 'x'"),
    ("postgres", "SELECT [name] FROM buildings JOIN guests ON guests.room_id = buildings.id"),
    ("postgres", "SELECT * FROM [roms]"),
    ("postgres", "SELECT [x].price FROM rooms r"),
    ("postgres", "SELECT [rooms].price FROM rooms AS r"),
    # common table expressions, also recursive and with columns named
    ("postgres", "WITH c AS (SELECT price AS p FROM rooms) SELECT p, [price] FROM c"),
    ("postgres", "WITH c(a, b) AS (SELECT id, price FROM rooms) SELECT a, b, [id] FROM c"),
    ("postgres", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE [j] < 5) SELECT i FROM n"),
    ("postgres", "WITH c AS (SELECT id FROM rooms), d AS (SELECT id, [price] FROM c) SELECT id FROM d"),
    # sub-selects
    ("postgres", "SELECT name FROM buildings b WHERE EXISTS (SELECT 1 FROM rooms WHERE rooms.building_id = b.id)"),
    ("postgres", "SELECT name FROM buildings b WHERE EXISTS (SELECT 1 FROM rooms WHERE rooms.building_id = b.[idd])"),
    ("postgres", "SELECT s.total, s.[price] FROM (SELECT SUM(price) AS total FROM rooms) AS s"),
    ("postgres", "SELECT b.name, x.price FROM buildings b, LATERAL (SELECT price FROM rooms r WHERE r.id = b.id) x"),
    ("postgres", "SELECT price FROM rooms WHERE id IN (SELECT room_id FROM guests WHERE [room] = 1)"),
    # joins that merge columns
    ("postgres", "SELECT id, price, name FROM rooms JOIN buildings USING (id)"),
    ("postgres", "SELECT id, price, name FROM rooms NATURAL JOIN buildings"),
    ("postgres", "SELECT [id] FROM rooms JOIN buildings ON rooms.building_id = buildings.id"),
    # set operations
    ("postgres", "SELECT id AS n FROM rooms UNION SELECT id FROM guests ORDER BY n"),
    ("postgres", "SELECT id AS n FROM rooms UNION SELECT [guest] FROM guests"),
    # changes of rows
    ("postgres", "INSERT INTO rooms (id, [prise]) VALUES (1, 2)"),
    ("postgres", "UPDATE rooms SET [prise] = 1 WHERE id = 2"),
    ("postgres", "UPDATE rooms SET price = b.id FROM buildings b WHERE b.id = rooms.building_id AND b.[x] = 1"),
    ("postgres", "DELETE FROM rooms WHERE [prise] > 1"),
    ("postgres", "INSERT INTO rooms (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET price = excluded.price"),
    # names of the select list
    ("postgres", "SELECT price AS p FROM rooms WHERE [p] > 1 ORDER BY p"),
    ("sqlite", "SELECT price AS p FROM rooms WHERE p > 1 ORDER BY p"),
    ("duckdb", "SELECT price AS p FROM rooms WHERE p > 1 GROUP BY p"),
    ("mysql", "SELECT price AS p FROM rooms GROUP BY p HAVING p > 1"),
    # what is not known proves nothing
    ("postgres", "SELECT a.x, a.y FROM generate_series(1, 3) AS a(x)"),
    ("postgres", "SELECT anything FROM information_schema.tables"),
]


@pytest.mark.parametrize(("dialect", "marked"), CASES, ids=[f"{d}-{m[:70]}" for d, m in CASES])
def test_the_names_reported(dialect: str, marked: str) -> None:
    text = _MARK.sub(r"\1", marked) + ";\n"
    expected = [found[1] for found in _MARK.finditer(marked)]
    told = [text[problem.span.start : problem.span.end] for problem in find_all(sql_index(text, dialect, SCHEMA))]
    assert told == expected


def test_tables_of_the_file_are_known_to_its_statements() -> None:
    text = "CREATE TABLE t (a INTEGER, b TEXT);\nSELECT a, c FROM t;\nSELECT b FROM t;\n"
    assert [problem.name for problem in find_all(sql_index(text, "postgres"))] == ["c"]
