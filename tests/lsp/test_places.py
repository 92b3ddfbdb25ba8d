"""Each setting through the files, the environment and the editor, as the server process heeds it; and changes that are
never offered again."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient
from tests.kit_texts import Json
from tests.lsp.places import PLACES, Place, every_key_in
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALL = "value = compute(1, [2, 3\nother = 4\n"
PULLS: Json = {"textDocument": {"diagnostic": {}}}


class Session:
    """A server for one folder, and the page that is asked about."""

    def __init__(self, client: RawClient, folder: Path) -> None:
        self.client, self.folder = client, folder

    def page(self, text: str, name: str = "", language: str = "python") -> Buffer:
        name = name or ("page.py" if language == "python" else f"page.{language}")
        return Buffer(self.client, text, (self.folder / name).as_uri(), language=language)

    async def actions(self, text: str = CALL, name: str = "") -> list[Json]:
        return await self.page(text, name).actions(text.index("\n"))

    async def diagnostics(self, text: str, language: str = "python") -> list[Json]:
        uri = self.page(text, language=language).uri
        report = await self.client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        return list(report["items"])


Start = Callable[..., Awaitable[Session]]


@pytest_asyncio.fixture(loop_scope="session")
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts servers whose workspace is `tmp_path`, with the editor's settings."""
    clients: list[RawClient] = []

    async def one(**editor: Any) -> Session:
        client = await RawClient.start()
        clients.append(client)
        await client.initialize(PULLS, initializationOptions=editor, rootUri=tmp_path.as_uri())
        return Session(client, tmp_path)

    yield one
    for client in clients:
        await client.kill()


# -- each key ------------------------------------------------------------------------------------------------


async def _diagnostics(session: Session) -> object:
    return bool(await session.diagnostics(CALL))


async def _count(session: Session) -> object:
    return len(await session.actions())


async def _is_silent(session: Session) -> object:
    return not await session.actions()


async def _closes(session: Session) -> object:
    return any("fixer:close_bracket" in one["data"]["source"] for one in await session.actions("print((1\n"))


async def _match(session: Session) -> object:
    return bool(await session.diagnostics("match 1:\n    case 1:\n        pass\n"))


async def _complains(session: Session) -> object:
    await session.actions()
    return any("astrology" in one["params"].get("message", "") for one in session.client.notifications)


async def _tells(session: Session) -> object:
    await session.actions()
    return any("the worker is ready" in one["params"].get("message", "") for one in session.client.notifications)


async def _is_checked(session: Session) -> object:
    (first, *_) = await session.actions("length = 3; print(lenght)\n")
    return "checked with ruff" in first["data"]["checks"]


BACKTICKS = "SELECT `name` FROM `customers`;\n"
MISSPELT = "SELECT nmae FROM customers;\n"
SHOP = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);"


async def _is_refused(session: Session) -> object:
    return bool(await session.diagnostics(BACKTICKS, "sql"))


async def _is_unknown(session: Session) -> object:
    return bool(await session.diagnostics(MISSPELT, "sql"))


async def _is_prepared(session: Session) -> object:
    offered = await session.page(MISSPELT, language="sql").actions(MISSPELT.index("nmae"), triggerKind=1)
    return any("the database prepares it" in one["data"]["checks"] for one in offered if "data" in one)


# For each key: a value, what else the editor sets, what to look at, and what is seen without and with the value.
KEYS: dict[str, tuple[Any, Json, Callable[[Session], Awaitable[object]], object, object]] = {
    "diagnostics": ("off", {}, _diagnostics, True, False),
    "maxOffers": (1, {"minProbability": 0}, _count, 3, 1),
    "minProbability": (1, {}, _is_silent, False, True),
    "selector": ("astrology", {}, _complains, False, True),
    "targetVersion": ("3.9", {}, _match, False, True),
    "logLevel": ("info", {}, _tells, False, True),
    "disabledFixers": (["close_bracket"], {"minProbability": 0}, _closes, True, False),
    "checkers": (["ruff"], {"minProbability": 0}, _is_checked, False, True),
    "perPath": ({"page.py": "all"}, {"minProbability": 0}, _is_silent, False, True),
    "dialect": ("postgres", {}, _is_refused, False, True),
    "databases": ({"*.sql": "shop.data"}, {}, _is_unknown, False, True),
    "explain": (True, {"databases": {"*.sql": "shop.data"}, "minProbability": 0}, _is_prepared, False, True),
}
OF_THE_USER = ("checkers", "explain")
"""Keys that are not for a project to set: which programs are started, and which databases are asked."""


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=PLACES)
async def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    """A server for each place, which holds the value of every key."""
    values = {key: value for key, (value, *_) in KEYS.items()}
    folder = tmp_path_factory.mktemp("project")
    with closing(sqlite3.connect(folder / "shop.data")) as connection:
        connection.execute(SHOP)
    async with every_key_in(request.param, values, folder, PULLS) as held:
        # What is told of the start has come, before a test changes a setting.
        await Session(held.client, held.folder).actions()
        yield held


@pytest.mark.parametrize("key", KEYS)
async def test_each_key_through_each_place(place: Place, key: str) -> None:
    _, editor, look, without, with_it = KEYS[key]
    place.leave_only(key, editor)
    is_heeded = place.name != "nowhere" and not (key in OF_THE_USER and place.name == "pyproject.toml")
    assert await look(Session(place.client, place.folder / key)) == (with_it if is_heeded else without)


# -- files ---------------------------------------------------------------------------------------------------


async def test_the_nearest_configuration_rules_each_document_and_is_read_anew(tmp_path: Path, start: Start) -> None:
    session = await start()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "quickfix-ls.toml").write_text("minProbability = 1\n")
    assert await session.actions()
    page = session.page(CALL, "inner/page.py")
    assert await page.actions(CALL.index("\n")) == []
    (tmp_path / "inner" / "quickfix-ls.toml").write_text("minProbability = 0.0\nmaxOffers = 2\n")
    assert len(await page.actions(CALL.index("\n"))) == 2


async def test_a_wrong_file_is_one_message_that_names_it(tmp_path: Path, start: Start) -> None:
    (tmp_path / "quickfix-ls.toml").write_text("max-offers = 'many'\nmax-offer = 2\n")
    session = await start()
    for name in ("a.py", "b.py"):
        assert await session.actions(name=name)
    shown = [one["params"]["message"] for one in session.client.notifications if one["method"] == "window/showMessage"]
    (message,) = shown
    assert str(tmp_path / "quickfix-ls.toml") in message
    assert "`max-offers` must be a whole number from 1 to 10, not 'many'; 3 holds." in message
    assert "there is no setting `max-offer`" in message


async def test_a_watched_file_that_changes_brings_the_session_up_to_date(tmp_path: Path) -> None:
    client = await RawClient.start()
    watches = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    await client.initialize(watches, rootUri=tmp_path.as_uri())
    page = Session(client, tmp_path).page(CALL)
    assert (await client.notification("textDocument/publishDiagnostics"))["diagnostics"]
    path = tmp_path / "quickfix-ls.toml"
    path.write_text("diagnostics = 'off'\n")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 1}]})
    assert await client.notification("textDocument/publishDiagnostics", diagnostics=[])
    assert await page.actions(CALL.index("\n"))
    await client.kill()


# -- never again ---------------------------------------------------------------------------------------------


async def test_what_is_refused_is_not_offered_again_not_even_by_a_new_server(own_state: Path, start: Start) -> None:
    session = await start(minProbability=0)
    page = session.page(CALL)
    first, *others = await page.actions(CALL.index("\n"))
    assert first["data"]["preview"].startswith("@@ -1")
    command = {"command": "quickfix-ls.never", "arguments": [{"id": first["data"]["id"]}]}
    assert await session.client.request("workspace/executeCommand", command) is True
    titles = [one["title"] for one in await page.actions(CALL.index("\n"))]
    assert titles[: len(others)] == [one["title"] for one in others]
    assert first["title"] not in titles
    assert first["title"] not in [one["title"] for one in await (await start(minProbability=0)).actions()]
    # In another file it is another matter.
    assert first["title"] in [one["title"] for one in await session.actions(name="other.py")]


@pytest.mark.parametrize("arguments", [[], [{"id": "77"}], ["x"], [None]])
async def test_refusing_what_is_not_known_changes_nothing(
    serve_raw: Serve[RawClient], tmp_path: Path, arguments: list[object]
) -> None:
    session = Session(await serve_raw(), tmp_path)
    command = {"command": "quickfix-ls.never", "arguments": arguments}
    assert await session.client.request("workspace/executeCommand", command) is False
    assert await session.actions()


async def test_a_line_that_is_switched_off_has_neither_diagnostics_nor_offers(start: Start) -> None:
    session = await start(minProbability=0)
    text = "print(lenn([]))  # quickfix: off\n"
    assert await session.diagnostics(text) == []
    assert await session.actions(text) == []
