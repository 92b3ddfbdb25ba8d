"""Each setting about a language model through the files, the environment and the editor, as a scripted models' server
sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from tests.kit import Buffer
from tests.kit_models import ModelServer, Script, model_server, says
from tests.kit_texts import Json
from tests.lsp import test_places
from tests.lsp.places import DEFAULTS, PLACES, Place, every_key_in

UNSURE = """\
def positive(rooms):
    return [x for x in rooms given x > 0]


values = positive([1, 2])
"""
SURE = "for x in range(3)\n    print(x)\n"
MENDED = "2|    return [room for room in rooms if room > 0]"
NOTHING = says("I can't.")
INVOKED = 1


class Case(NamedTuple):
    """A setting's value, what is looked at, what that is without and with the value; what else the editor sets, what
    the models' server does and which text is asked about."""

    value: Any
    look: Callable[[ModelServer, list[Json]], object]
    without: object
    with_it: object
    editor: Json = {}  # noqa: RUF012 - nobody changes it
    script: Script = NOTHING
    text: str = UNSURE


def is_asked(models: ModelServer, actions: list[Json]) -> object:
    return bool(models.received)


def questions(models: ModelServer, actions: list[Json]) -> object:
    return len(models.received)


def is_written(models: ModelServer, actions: list[Json]) -> object:
    return any(one["data"]["source"].startswith("model:") for one in actions)


def is_told(word: str) -> Callable[[ModelServer, list[Json]], object]:
    return lambda models, actions: any(word in one.question for one in models.received)


def is_finished(models: ModelServer, actions: list[Json]) -> object:
    return models.bytes_sent > 0


CASES: dict[str, Case] = {
    "provider": Case({"kind": "vllm", "model": "m"}, is_asked, False, True, {"provider": None}),
    "k": Case(2, questions, 4, 2),
    "variants": Case(["system_minimal"], questions, 4, 1),
    "deadlineSeconds": Case(60, is_written, False, True, script=says(MENDED, after=3.0)),
    "generateWhen": Case("always", is_asked, False, True, text=SURE),
    "finishInBackground": Case(True, is_finished, False, True, {"deadlineSeconds": 1.0}, says(MENDED, after=2.0)),
    "schemaFile": Case(
        "tables.json", is_told("rooms(id INTEGER)"), False, True, {"variants": ["with_schema", "plain"]}
    ),
    "dailyTokens": Case(0, is_asked, True, False),
    "monthlyTokens": Case(0, is_asked, True, False),
    "redact": Case(["posit[a-z]+"], is_told("positive"), True, False),
    "neverSend": Case(["page.py"], is_asked, True, False),
    "sendGitIgnored": Case(True, is_asked, False, True),
}


def test_the_tables_have_every_key() -> None:
    assert {*CASES, *test_places.KEYS, "exclude"} == set(DEFAULTS)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def models() -> AsyncIterator[ModelServer]:
    async with model_server(NOTHING) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=PLACES)
async def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, models: ModelServer
) -> AsyncIterator[Place]:
    """A server for each place, which holds the value of every key."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "tables.json").write_text('{"rooms": {"id": "INTEGER"}}')
    values = {key: case.value for key, case in CASES.items()}
    values["provider"] = {**values["provider"], "baseUrl": models.url}
    async with every_key_in(request.param, values, folder) as held:
        yield held


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("key", CASES)
async def test_each_key_through_each_place(place: Place, models: ModelServer, key: str) -> None:
    case = CASES[key]
    editor: Json = {"minProbability": 0, "maxOffers": 10, "provider": models.provider, **case.editor}
    if place.name != "nowhere" and editor.get(key, 0) is None:
        del editor[key]
    folder = place.folder / key
    folder.mkdir()
    if key == "sendGitIgnored":
        (folder / ".git").mkdir()
        (folder / ".gitignore").write_text("page.py\n")
    place.leave_only(key, editor)
    models.answer_with(case.script)
    # No two keys have the same text, since a model's answers are remembered.
    page = Buffer(place.client, case.text.replace("positive", f"positive_{key}"), (folder / "page.py").as_uri())
    offered = await page.actions(
        page.text.find("given") if "given" in page.text else page.text.index("\n"), triggerKind=INVOKED
    )
    await models.until(lambda: models.open == 0)
    # What would send more than the defaults allow is not for a project to say.
    is_heeded = place.name != "nowhere" and (key, place.name) != ("sendGitIgnored", "pyproject.toml")
    assert case.look(models, offered) == (case.with_it if is_heeded else case.without)
