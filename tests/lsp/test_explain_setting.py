"""The database of a query as the judge of its fixes, through the server."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.kit import Buffer, Json, RawClient
from tests.postgres_server import PostgresServer

TABLES = "CREATE TABLE customers (id integer PRIMARY KEY, name text, nmue text);\n"
IN_DATABASE = "CREATE TABLE customers (id integer PRIMARY KEY, nmue text, email text);"
QUERY = TABLES + "SELECT nme FROM customers;\n"
PLACE = QUERY.index("nme ")
PREPARED = "the database prepares it"
INVOKED, AUTOMATIC = 1, 2


@asynccontextmanager
async def editing(text: str, settings: Json) -> AsyncIterator[Buffer]:
    client = await RawClient.start()
    folders = [{"uri": "file:///project", "name": "project"}]
    await client.initialize(initializationOptions=settings, workspaceFolders=folders)
    try:
        yield Buffer(client, text, "file:///project/query.sql", language="sql")
    finally:
        await client.stop()


def _database(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "shop.db")) as connection:
        connection.execute(IN_DATABASE)
    return f"sqlite:///{folder / 'shop.db'}"


def _settings(url: str, *, explain: bool = True) -> Json:
    return {"dialect": "sqlite", "databases": {"*.sql": url}, "explain": explain, "minProbability": 0}


async def _texts(page: Buffer, trigger: int) -> list[tuple[str, bool]]:
    """The queries after the offers, and whether the database has prepared them."""
    actions = await page.actions(PLACE, triggerKind=trigger)
    fixes = [action for action in actions if "edit" in action]
    return [(page.applied(one["edit"]).removeprefix(TABLES), PREPARED in one["data"]["checks"]) for one in fixes]


async def test_a_fix_that_the_database_rejects_is_not_offered(tmp_path: Path) -> None:
    url = _database(tmp_path)
    right, wrong = "SELECT nmue FROM customers;\n", "SELECT name FROM customers;\n"
    async with editing(QUERY, _settings(url, explain=False)) as page:
        found = await _texts(page, INVOKED)
        assert {(right, False), (wrong, False)} <= set(found)
    async with editing(QUERY, _settings(url)) as page:
        found = await _texts(page, INVOKED)
        assert found[0] == (right, True)
        assert wrong not in dict(found)
        assert await _texts(page, AUTOMATIC) == found


async def test_nothing_is_asked_of_a_database_for_other_files(tmp_path: Path) -> None:
    settings = {**_settings(""), "databases": {"reports/*.sql": _database(tmp_path)}}
    async with editing(QUERY, settings) as page:
        assert not any(is_prepared for _, is_prepared in await _texts(page, INVOKED))


async def test_a_database_that_does_not_answer_changes_nothing(tmp_path: Path) -> None:
    async with editing(QUERY, _settings(f"sqlite:///{tmp_path / 'absent.db'}")) as page:
        found = await _texts(page, INVOKED)
        assert found
        assert not any(is_prepared for _, is_prepared in found)


async def test_postgres_judges_a_query(postgres: PostgresServer) -> None:
    url = postgres.url(postgres.new_database(IN_DATABASE))
    async with editing(QUERY, {**_settings(url), "dialect": "postgres"}) as page:
        found = await _texts(page, INVOKED)
        assert found[0] == ("SELECT nmue FROM customers;\n", True)
        assert "SELECT name FROM customers;\n" not in dict(found)


async def test_the_url_may_be_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_DATABASE", _database(tmp_path))
    async with editing(QUERY, _settings("SHOP_DATABASE")) as page:
        assert (await _texts(page, INVOKED))[0][1]


async def test_a_project_cannot_switch_it_on(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.quickfix-ls]\nexplain = true\n")
    client = await RawClient.start()
    settings = {"databases": {"*.sql": _database(tmp_path)}, "dialect": "sqlite", "minProbability": 0}
    folders = [{"uri": tmp_path.as_uri(), "name": "project"}]
    await client.initialize(initializationOptions=settings, workspaceFolders=folders)
    page = Buffer(client, QUERY, (tmp_path / "query.sql").as_uri(), language="sql")
    found = await _texts(page, INVOKED)
    assert found
    assert not any(is_prepared for _, is_prepared in found)
    await client.stop()
