"""A raw client on SQL files: what is reported, the first fix and its bytes, and where the schema comes from."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.kit import Buffer, RawClient
from tests.kit_texts import Json
from tests.postgres_server import PostgresServer

SHOP = """\
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, ordered_at TEXT);
"""
MISSPELT, SPELT = "SELECT name, emial FROM customers;\n", "SELECT name, email FROM customers;\n"


@asynccontextmanager
async def serving(folder: Path, **settings: object) -> AsyncIterator[RawClient]:
    """A client of a server of its own, in a workspace of one folder."""
    client = await RawClient.start()
    folders = [{"uri": folder.as_uri(), "name": "shop"}]
    await client.initialize(initializationOptions={"diagnostics": "on", **settings}, workspaceFolders=folders)
    try:
        yield client
        await client.end()
    finally:
        await client.kill()


def opened(client: RawClient, folder: Path, text: str, name: str = "report.sql") -> Buffer:
    return Buffer(client, text, (folder / name).as_uri(), language="sql")


async def reported(page: Buffer) -> list[tuple[str, str]]:
    """The next diagnostics of a document: the code of each, and the text that it marks."""
    params = await page.client.notification("textDocument/publishDiagnostics", uri=page.uri)
    return [(one["code"], marked_by(page.text, one["range"])) for one in params["diagnostics"]]


def marked_by(text: str, place: Json) -> str:
    """The text of a range within one line, whose columns count UTF-16."""
    line = text.splitlines()[place["start"]["line"]].encode("utf-16-le")
    start, end = (2 * place[side]["character"] for side in ("start", "end"))
    return line[start:end].decode("utf-16-le")


async def fixed(page: Buffer, place: str) -> str:
    """The document after the first fix at the first place of a word."""
    found = await page.actions(page.text.index(place), triggerKind=1)
    actions = [action for action in found if "edit" in action]
    assert actions, f"no fix at {place!r}"
    return str(page.applied(actions[0]["edit"]))


async def test_an_sqlite_file_beside_the_query(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        connection.executescript(SHOP)
    async with serving(tmp_path) as client:
        page = opened(client, tmp_path, MISSPELT)
        assert await reported(page) == [("UnknownColumn", "emial")]
        assert await fixed(page, "emial") == SPELT


async def test_a_duckdb_database_of_the_settings(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("sqlalchemy")
    with duckdb.connect(str(tmp_path / "shop.duckdb")) as connection:
        connection.execute(SHOP)
    url = f"duckdb:///{tmp_path / 'shop.duckdb'}"
    async with serving(tmp_path, databases={"*.sql": url}) as client:
        page = opened(client, tmp_path, MISSPELT)
        assert await reported(page) == [("UnknownColumn", "emial")]
        assert await fixed(page, "emial") == SPELT


async def test_a_postgres_database_of_the_settings(tmp_path: Path, postgres: PostgresServer) -> None:
    url = postgres.url(postgres.new_database(SHOP))
    async with serving(tmp_path, databases={"*.sql": url}) as client:
        page = opened(client, tmp_path, MISSPELT)
        assert await reported(page) == [("UnknownColumn", "emial")]
        assert await fixed(page, "emial") == SPELT


async def test_the_files_own_tables() -> None:
    async with serving(Path("/project")) as client:
        page = opened(client, Path("/project"), SHOP + MISSPELT)
        assert await reported(page) == [("UnknownColumn", "emial")]
        assert await fixed(page, "emial") == SHOP + SPELT


async def test_line_ends_and_characters_beyond_the_basic_plane_are_kept(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(SHOP)
    before = "-- 😀\r\nSELECT '😀🎉' AS hello, emial\r\nFROM customers;\r\n"
    async with serving(tmp_path) as client:
        page = opened(client, tmp_path, before)
        assert await reported(page) == [("UnknownColumn", "emial")]
        assert await fixed(page, "emial") == before.replace("emial", "email")


async def test_each_statement_of_a_long_file_is_fixed_by_itself(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(SHOP)
    fine = "SELECT c.name, o.ordered_at\nFROM customers AS c\nJOIN orders AS o ON o.customer_id = c.id;\n\n"
    text = MISSPELT + 125 * fine + "SELECT id FROM oders;\n"
    assert text.count("\n") > 500
    async with serving(tmp_path) as client:
        page = opened(client, tmp_path, text)
        assert await reported(page) == [("UnknownColumn", "emial"), ("UnknownTable", "oders")]
        assert await fixed(page, "oders") == text.replace("oders;", "orders;")
        assert await fixed(page, "emial") == text.replace("emial", "email")


async def test_a_comment_names_the_dialect(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text(SHOP)
    query = "SELECT name FROM customers WHERE name ILIKE 'a%';\n"
    async with serving(tmp_path) as client:
        right = opened(client, tmp_path, f"-- dialect: postgres\n{query}{MISSPELT}", "postgres.sql")
        assert await reported(right) == [("UnknownColumn", "emial")]
        wrong = opened(client, tmp_path, f"-- dialect: sqlite\n{query}", "sqlite.sql")
        assert await reported(wrong) == [("SyntaxError", "ILIKE")]


async def test_a_schema_that_changes_on_disk_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);\n")
    async with serving(tmp_path) as client:
        page = opened(client, tmp_path, "SELECT name, email FROM customers;\n")
        assert await reported(page) == [("UnknownColumn", "email")]
        (tmp_path / "schema.sql").write_text(SHOP)
        while await reported(page):
            pass
        assert await page.actions(page.text.index("email"), triggerKind=1) == []
