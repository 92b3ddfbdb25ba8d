"""The tables that a file creates: of one that it creates several times, each definition counts."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages import of
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.problems import find_all


def unknown(text: str) -> list[str]:
    index = of("sql").index(Snapshot.of(text), SqlEnvironment("sqlite"))
    return [problem.name for problem in find_all(index)]


def test_a_table_that_is_created_twice_may_have_either_s_columns() -> None:
    twice = "CREATE TABLE t (a INT);\nCREATE TABLE t (b INT);\nSELECT a, b FROM t;\n"
    assert unknown(twice) == []
    assert unknown(twice.replace("(b INT)", "(a INT)")) == ["b"]


def test_a_table_that_is_changed_may_have_further_columns() -> None:
    assert unknown("CREATE TABLE t (a INT);\nALTER TABLE t ADD COLUMN b INT;\nSELECT a, b FROM t;\n") == []


def test_the_columns_of_an_upsert_are_those_of_its_table() -> None:
    insert = "INSERT INTO t (a, b) VALUES (1, 2) ON CONFLICT (a) DO UPDATE SET b = excluded.b WHERE b > 1;\n"
    for dialect in ("sqlite", "postgres"):
        text = f"CREATE TABLE t (a INT PRIMARY KEY, b INT);\n{insert}"
        index = of("sql").index(Snapshot.of(text), SqlEnvironment(dialect))
        assert find_all(index) == []
