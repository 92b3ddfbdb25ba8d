"""`fix` and `doctor` with a database or a file with its schema."""

from __future__ import annotations

import io
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from quickfix_ls.cli import main
from tests.postgres_server import PostgresServer

SHOP = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);"
QUERY = "SELECT nmae FROM customers;\n"
SECRET = "s3cr3t"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "work"
    work.mkdir()
    (work / "query.sql").write_text(QUERY)
    monkeypatch.chdir(work)
    return work


def source(folder: Path, kind: str) -> str:
    """A file beside the project with the schema of the shop."""
    path = folder.parent / f"shop.{kind}"
    if kind == "db":
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SHOP)
    else:
        path.write_text(SHOP if kind == "sql" else '{"customers": {"id": "INTEGER", "name": "TEXT"}}')
    return str(path)


@pytest.mark.parametrize(("option", "kind"), [("--schema", "json"), ("--schema", "sql"), ("--database", "db")])
def test_a_query_is_fixed_by_the_schema_in_a_file(
    folder: Path, option: str, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    schema = source(folder, kind)
    assert main(["fix", option, schema, "--diff", "--unsafe", "query.sql"]) in (0, 1)
    assert "+SELECT name FROM customers;" in capfd.readouterr().out
    assert main(["fix", option, schema, "query.sql"]) in (0, 1)
    assert "SELECT name FROM customers;" in capfd.readouterr().out


def test_a_relative_url_and_a_query_elsewhere(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source(folder, "db")
    (folder.parent / "other.sql").write_text(QUERY)
    assert main(["fix", "--database", "sqlite:///../shop.db", "--check", "../other.sql"]) == 1
    assert "../other.sql:1:8: UnknownColumn" in capfd.readouterr().out


def test_the_options_are_stronger_than_the_settings(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "right.json").write_text('{"customers": {"nmae": "TEXT"}}')
    (folder / "quickfix-ls.toml").write_text("schemaFile = 'right.json'\n[databases]\n'*' = 'right.json'\n")
    assert main(["fix", "--check", "query.sql"]) == 0
    for option in ("--schema", "--database"):
        assert main(["fix", option, source(folder, "json"), "--check", "query.sql"]) == 1
    capfd.readouterr()


def test_the_dialect_decides_what_is_an_error(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "query.sql").write_text("SELECT `name` FROM customers;\n")
    schema = source(folder, "json")
    assert main(["fix", "--schema", schema, "--dialect", "mysql", "--check", "query.sql"]) == 0
    assert main(["fix", "--schema", schema, "--dialect", "postgres", "--check", "query.sql"]) == 1
    assert main(["fix", "--dialect", "postgresql", "query.sql"]) == 2
    assert "--dialect postgresql: the dialects are athena, " in capfd.readouterr().err


def test_standard_input_has_a_name(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "schema.sql").write_text(SHOP)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(QUERY.encode())))
    assert main(["fix", "--check", "--stdin-filename", "query.sql", "-"]) == 1
    assert "<stdin>:1:8: UnknownColumn: no such column: nmae" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--schema", "missing.json"], "missing.json: can't be read as a schema: No such file or directory"),
        (["--schema", "."], "can't be read as a schema: it is no file"),
        (["--schema", "query.sql"], "query.sql: can't be read as a schema: nothing in it defines a table"),
        (["--database", "sqlite:///missing.db"], "missing.db: there is no such file"),
        (["--database", "MISSING_URL"], "the environment variable MISSING_URL, which is to hold a database's URL, is"),
        (["--database", f"postgresql://me:{SECRET}@127.0.0.1:1/x"], "postgresql://me:***@127.0.0.1:1/x: connection"),
        (["--database", f"nonsense://me:{SECRET}@host/x"], "nonsense://me:***@host/x: SQLAlchemy's dialect nonsense"),
    ],
)
@pytest.mark.parametrize("command", ["fix", "doctor"])
def test_a_source_that_cannot_be_read_ends_with_2(
    folder: Path, command: str, arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if command == "doctor":
        arguments = ["--database", arguments[1]]
    assert main([command, *arguments]) == 2
    told = capfd.readouterr().err
    assert message in told
    assert told.startswith("quickfix-ls: ")
    assert SECRET not in told
    assert told.count("\n") == 1


def test_the_doctor_tells_of_a_file(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--database", source(folder, "db")]) == 0
    told = capfd.readouterr().out
    assert "dialect       sqlite\ntables        1 with 2 columns\n" in told
    assert "no row was read" in told


def test_the_doctor_and_fix_with_postgres(
    folder: Path, postgres: PostgresServer, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    url = postgres.url(postgres.new_database(SHOP), password=SECRET)
    assert main(["doctor", "--database", url]) == 0
    told = capfd.readouterr().out
    assert "dialect       postgres\ntables        1 with 2 columns\n" in told
    assert "cache         this is the first reading" in told
    assert SECRET not in told
    monkeypatch.setenv("SHOP_URL", url)
    assert main(["doctor", "--database", "SHOP_URL"]) == 0
    assert "cache         the schema of before was read just now; it is renewed now" in capfd.readouterr().out
    assert main(["fix", "--database", "SHOP_URL", "--diff", "--unsafe", "query.sql"]) in (0, 1)
    assert "+SELECT name FROM customers;" in capfd.readouterr().out
