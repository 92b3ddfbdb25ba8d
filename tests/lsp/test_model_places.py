"""Each setting about a language model through the files, the environment and the editor, as a scripted models' server
sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quickfix_ls.settings import json_schema
from tests.kit import Buffer, RawClient
from tests.kit_models import ModelServer, Script, model_server, says
from tests.kit_texts import Json
from tests.lsp import test_places
from tests.settings.spellings import kebab, variable

UNSURE = "def positive(rooms):\n    return [x for x in rooms given x > 0]\n\n\nvalues = positive([1, 2])\n"
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
    "finishInBackground": Case(True, is_finished, False, True, {"deadlineSeconds": 1.5}, says(MENDED, after=3.0)),
    "schemaFile": Case(
        "tables.json", is_told("rooms(id INTEGER)"), False, True, {"variants": ["with_schema", "plain"]}
    ),
    "dailyTokens": Case(0, is_asked, True, False),
    "monthlyTokens": Case(0, is_asked, True, False),
    "redact": Case(["posit[a-z]+"], is_told("positive"), True, False),
    "neverSend": Case(["page.py"], is_asked, True, False),
    "sendGitIgnored": Case(True, is_asked, False, True),
}
PLACES = ("nowhere", "pyproject.toml", "environment", "editor")


def test_the_tables_have_every_key() -> None:
    heeded = {*CASES, *test_places.KEYS, "exclude"}
    assert {f"quickfix-ls.{key}" for key in heeded} == set(json_schema())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("key", CASES)
async def test_each_key_through_each_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_state: Path, key: str, place: str
) -> None:
    case = CASES[key]
    (tmp_path / "tables.json").write_text('{"rooms": {"id": "INTEGER"}}')
    if key == "sendGitIgnored":
        (tmp_path / ".git").mkdir()
        (tmp_path / ".gitignore").write_text("page.py\n")
    async with model_server(case.script) as models:
        editor: Json = {"minProbability": 0, "maxOffers": 10, "provider": models.provider, **case.editor}
        value = {**case.value, "baseUrl": models.url} if key == "provider" else case.value
        if place != "nowhere" and editor.get(key, 0) is None:
            del editor[key]
        if place == "pyproject.toml":
            (tmp_path / place).write_text(f"[tool.quickfix-ls]\n{kebab(key)} = {toml(value)}\n")
        elif place == "environment":
            monkeypatch.setenv(variable(key), value if isinstance(value, str) else json.dumps(value))
        elif place == "editor":
            editor = {**editor, key: value}
        seen = case.look(models, await actions(editor, tmp_path, case.text, models))
    # What would send more than the defaults allow is not for a project to say.
    is_heeded = place != "nowhere" and (key, place) != ("sendGitIgnored", "pyproject.toml")
    assert seen == (case.with_it if is_heeded else case.without)


async def actions(editor: Json, folder: Path, text: str, models: ModelServer) -> list[Json]:
    """What a new server for a folder offers, when everything that it asked the models for has ended."""
    client = await RawClient.start()
    try:
        await client.initialize(initializationOptions=editor, rootUri=folder.as_uri())
        page = Buffer(client, text, (folder / "page.py").as_uri())
        offered = await page.actions(text.find("given") if "given" in text else text.index("\n"), triggerKind=INVOKED)
        await models.until(lambda: models.open == 0)
        return offered
    finally:
        await client.kill()


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {json.dumps(held)}" for key, held in value.items()) + "}"
    return json.dumps(value)
