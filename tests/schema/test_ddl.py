"""The schema that DDL of several dialects defines: text in, tables out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.schema.ddl import schema_of_ddl
from quickfix_ls.schema.tables import Column, ForeignKey, Schema, Table


def table(text: str, name: str = "t") -> Table:
    found = schema_of_ddl([text]).table(name)
    assert found is not None
    return found


def columns(text: str, name: str = "t") -> list[str]:
    return [column.name for column in table(text, name).columns]


DIALECTS = {
    "postgres": 'CREATE TABLE public.t (id bigserial PRIMARY KEY, "userId" uuid DEFAULT random_id(), tags text[]);',
    "mysql": "CREATE TABLE `t` (`id` int unsigned NOT NULL AUTO_INCREMENT, `userId` enum('a;','b') DEFAULT 'a;',"
    " `tags` json, PRIMARY KEY (`id`), KEY `k` (`userId`(8))) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;",
    "tsql": "CREATE TABLE [dbo].[t] (\n[id] [int] IDENTITY(1,1),\n[userId] [nvarchar](5),\n[tags] xml)\nGO\n",
    "sqlite": "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, userId, tags TEXT) WITHOUT ROWID;",
    "snowflake": "CREATE OR REPLACE TRANSIENT TABLE t (id NUMBER(38,0) PRIMARY KEY, userId VARCHAR, tags VARIANT);",
    "bigquery": "CREATE TABLE t (id INT64 NOT NULL, userId STRING OPTIONS (collate='x'), tags ARRAY<STRUCT<a INT64>>);",
    "spark": "CREATE TABLE t (id BIGINT, userId STRING) USING delta PARTITIONED BY (tags STRING) LOCATION '/x';",
    "oracle": "CREATE TABLE t (id NUMBER(10) PRIMARY KEY, userId VARCHAR2(20 CHAR), tags CLOB);",
    "duckdb": "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, userId VARCHAR, tags VARCHAR[]);",
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_columns_in_each_dialect_without_being_told_which(dialect: str) -> None:
    assert columns(DIALECTS[dialect]) == ["id", "userId", "tags"]
    assert table(DIALECTS[dialect]).closed
    assert schema_of_ddl([DIALECTS[dialect]]).closed


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_columns_in_a_dialect_that_is_told(dialect: str) -> None:
    (found,) = schema_of_ddl([DIALECTS[dialect]], dialect=dialect).tables
    assert [column.name for column in found.columns] == ["id", "userId", "tags"]


def test_keys_beside_columns_and_below_them() -> None:
    found = table(
        "CREATE TABLE t (id int PRIMARY KEY, a int REFERENCES houses (number), b int, c int,"
        " CONSTRAINT k FOREIGN KEY (b, c) REFERENCES sales.z (x, y), UNIQUE (a), CHECK (b > 0))"
    )
    assert found.primary_key == ("id",)
    assert found.foreign_keys == (ForeignKey(("a",), "houses", ("number",)), ForeignKey(("b", "c"), "z", ("x", "y")))
    assert table("CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))").primary_key == ("a", "b")


def test_types_and_namespaces() -> None:
    text = "CREATE TABLE sales.t (a VARCHAR(20), b DECIMAL(10, 2)); CREATE TABLE public.u (a INT)"
    assert table(text).columns == (Column("a", "VARCHAR(20)"), Column("b", "DECIMAL(10, 2)"))
    assert (table(text).namespace, table(text, "u").namespace) == ("sales", "")


ALTERED = {
    "ADD COLUMN c int": ["a", "b", "c"],
    "ADD c int": ["a", "b", "c"],
    "ADD COLUMN c int, ADD COLUMN d int": ["a", "b", "c", "d"],
    "DROP COLUMN a": ["b"],
    "DROP COLUMN IF EXISTS A": ["b"],
    "RENAME COLUMN a TO c": ["c", "b"],
    "ALTER COLUMN a TYPE text": ["a", "b"],
    "ADD CONSTRAINT k UNIQUE (a)": ["a", "b"],
    "OWNER TO me": ["a", "b"],
    "ENABLE ROW LEVEL SECURITY": ["a", "b"],
}


@pytest.mark.parametrize("action", ALTERED)
def test_alter_table(action: str) -> None:
    text = f"CREATE TABLE t (a int, b int); ALTER TABLE t {action};"
    assert columns(text) == ALTERED[action]
    assert table(text).closed


def test_alter_table_in_a_later_file() -> None:
    texts = ["CREATE TABLE t (a int);", "ALTER TABLE t RENAME TO u; ALTER TABLE ONLY u ADD PRIMARY KEY (a);"]
    (found,) = schema_of_ddl(texts).tables
    assert (found.name, found.primary_key) == ("u", ("a",))


def test_a_foreign_key_that_is_added_and_a_renamed_column_of_it() -> None:
    found = table(
        "CREATE TABLE t (a int); ALTER TABLE ONLY t ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES z (id);"
        "ALTER TABLE t RENAME COLUMN a TO z_id;"
    )
    assert found.foreign_keys == (ForeignKey(("z_id",), "z", ("id",)),)


def test_dropped_tables_are_gone() -> None:
    text = "CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE VIEW v AS SELECT 1 AS x; DROP TABLE IF EXISTS t, u;"
    assert [found.name for found in schema_of_ddl([text]).tables] == ["v"]


VIEWS = {
    "CREATE VIEW t AS SELECT a, b AS c FROM u": (["a", "c"], True),
    "CREATE VIEW t (x, y) AS SELECT a, b FROM u": (["x", "y"], True),
    "CREATE MATERIALIZED VIEW t AS WITH q AS (SELECT 1 AS n) SELECT n FROM q UNION SELECT 2": (["n"], True),
    "CREATE TABLE t AS SELECT a, u.* FROM u": (["a"], False),
    "CREATE TEMP TABLE t AS SELECT * FROM u": ([], False),
    "CREATE TABLE t (LIKE u INCLUDING ALL)": ([], False),
    "CREATE TABLE u (a int); CREATE TABLE t (LIKE u)": (["a"], True),
    "CREATE TABLE u (a int); CREATE TABLE t (b int) INHERITS (u)": (["b", "a"], True),
    "CREATE TABLE u (a int); CREATE TABLE t PARTITION OF u FOR VALUES IN (1)": (["a"], True),
    "CREATE VIRTUAL TABLE t USING fts5 (a, b)": ([], False),
}


@pytest.mark.parametrize("text", VIEWS)
def test_what_is_made_of_other_tables(text: str) -> None:
    assert (columns(text), table(text).closed) == VIEWS[text]


DUMP = """\
-- PostgreSQL database dump
SET statement_timeout = 0;
\\connect shop
CREATE FUNCTION public.area_of(a integer) RETURNS integer AS $_$ SELECT 1; -- ' $_$ LANGUAGE sql;
CREATE TABLE public.rooms (
    id integer NOT NULL,
    "when" timestamp with time zone DEFAULT now()
);
ALTER TABLE public.rooms OWNER TO me;
COPY public.rooms (id, "when") FROM stdin;
1\tit's; a "row
\\.
CREATE INDEX i ON public.rooms USING btree (id);
CREATE TRIGGER g BEFORE INSERT ON public.rooms EXECUTE FUNCTION f();
ALTER TABLE ONLY public.rooms ADD CONSTRAINT rooms_pkey PRIMARY KEY (id);
"""


def test_a_dump_with_rows_functions_and_commands_of_the_client() -> None:
    schema = schema_of_ddl([DUMP], "dump.sql")
    rooms = schema.table("rooms")
    assert rooms == Table("rooms", (Column("id", "INT"), Column("when", "TIMESTAMPTZ")), "", ("id",))
    assert (schema.functions, schema.dialect, schema.closed) == ({"area_of"}, "postgres", True)


def test_a_statement_that_cannot_be_read_hides_no_other() -> None:
    schema = schema_of_ddl(["CREATE TABLE a (x int;\nCREATE TABLE b (y int);\nCREATE TABLE c (z int 'never ends);\n"])
    assert [found.name for found in schema.tables if found.closed] == ["b"]
    assert not schema.closed


def test_a_migration_that_is_undone_below_is_not_undone() -> None:
    text = "-- +goose Up\nCREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n"
    assert columns(text) == ["a"]


def test_the_dialect_of_a_comment() -> None:
    assert schema_of_ddl(["-- dialect: DuckDB\nCREATE TABLE t (a int)"]).dialect == "duckdb"
    assert schema_of_ddl(["CREATE TABLE t (a int)"]).dialect == ""


PIECES = [
    *"(),;'\"`[]$-* \n",
    "CREATE TABLE ",
    "t ",
    "int",
    "ALTER TABLE ",
    "ADD ",
    "--",
    "DROP TABLE ",
    "VIEW ",
    "AS ",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_gives_a_schema(text: str) -> None:
    assert isinstance(schema_of_ddl([text]), Schema)
