"""An open query is read with the schema as it is now: the schema may change, or come later, while it is open."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from tests.kit import Buffer, RawClient
from tests.postgres_server import PostgresServer

QUERY = "SELECT city FROM customers;\n"
BEFORE = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);\n"
AFTER = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);\n"


@asynccontextmanager
async def editing(folder: Path, text: str = QUERY, **settings: Any) -> AsyncIterator[tuple[RawClient, Buffer]]:
    client = await RawClient.start()
    await client.initialize(
        {"textDocument": {"publishDiagnostics": {}}}, initializationOptions=settings, rootUri=folder.as_uri()
    )
    try:
        yield client, Buffer(client, text, (folder / "query.sql").as_uri(), language="sql")
    finally:
        await client.stop()


async def shown(client: RawClient, page: Buffer, *messages: str) -> None:
    """Wait until exactly these messages are published for a document."""

    def is_so() -> bool:
        published = [
            one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"
        ]
        own = [one["diagnostics"] for one in published if one["uri"] == page.uri]
        return bool(own) and [one["message"] for one in own[-1]] == list(messages)

    await client.until(is_so)


async def test_ddl_that_changes(tmp_path: Path) -> None:
    schema = tmp_path / "schema.sql"
    schema.write_text(BEFORE)
    async with editing(tmp_path) as (client, page):
        await shown(client, page, "no such column: city")
        schema.write_text(AFTER)
        await shown(client, page)
        schema.write_text(BEFORE)
        await shown(client, page, "no such column: city")


async def test_an_sqlite_file_that_comes_and_changes(tmp_path: Path) -> None:
    async with editing(tmp_path, "SELECT nmae FROM customers;\nSELEC 1;\n") as (client, page):
        await client.notification("textDocument/publishDiagnostics", uri=page.uri)
        with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
            connection.execute(BEFORE)
        await client.until(lambda: _has(client, page, "no such column: nmae"))
        with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
            connection.execute("ALTER TABLE customers RENAME COLUMN name TO nmae")
        await client.until(lambda: not _has(client, page, "no such column: nmae"))


def _has(client: RawClient, page: Buffer, message: str) -> bool:
    published = [one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]
    own = [one["diagnostics"] for one in published if one["uri"] == page.uri]
    return bool(own) and any(one["message"] == message for one in own[-1])


async def test_a_database_is_read_while_the_query_is_open(tmp_path: Path, postgres: PostgresServer) -> None:
    url = postgres.url(postgres.new_database(BEFORE))
    async with editing(tmp_path, databases={"*.sql": url}) as (client, page):
        await client.until(lambda: _has(client, page, "no such column: city"))


async def test_a_comment_in_the_first_lines_decides_the_dialect(tmp_path: Path) -> None:
    text = "-- dialect: postgres\nSELECT `name` FROM customers;\n"
    async with editing(tmp_path, text, dialect="mysql") as (client, page):
        published = await client.notification("textDocument/publishDiagnostics", uri=page.uri)
        assert published["diagnostics"]
        page.replace(0, text.index("\n"), "-- dialect: mysql")
        await shown(client, page)
