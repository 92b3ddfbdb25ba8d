"""A server whose settings all lie in one place, and how a test leaves only one of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from quickfix_ls.settings import json_schema
from tests.kit import RawClient
from tests.kit_texts import Json
from tests.settings.key_forms import kebab, variable

PLACES = ("nowhere", "pyproject.toml", "environment", "editor")
DEFAULTS = {key.partition(".")[2]: row["default"] for key, row in json_schema().items()}


class Place(NamedTuple):
    """A server, the folder that is its workspace, and which place holds a value for every key."""

    name: str
    client: RawClient
    folder: Path

    def leave_only(self, key: str, editor: Json) -> None:
        """Have the editor, the strongest of the places, set every other key to its default, or to what it is in
        `editor`. What an editor sends later is laid over what it sent when it began."""
        settings = {name: default for name, default in DEFAULTS.items() if name != key}
        self.client.notify("workspace/didChangeConfiguration", {"settings": {**settings, **editor}})


@asynccontextmanager
async def every_key_in(
    place: str, values: Mapping[str, Any], folder: Path, capabilities: Json | None = None
) -> AsyncIterator[Place]:
    """A new server whose workspace is `folder`, and those values in one of the places; nowhere, if it says so. It has
    a state folder of its own, and finds the checkers that are installed beside the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        patch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
        if place == "environment":
            for key, value in values.items():
                patch.setenv(variable(key), value if isinstance(value, str) else json.dumps(value))
        elif place == "pyproject.toml":
            lines = [f"{kebab(key)} = {toml(value)}\n" for key, value in values.items()]
            (folder / place).write_text("".join(["[tool.quickfix-ls]\n", *lines]))
        client = await RawClient.start()
    options = values if place == "editor" else None
    await client.initialize(capabilities, initializationOptions=options, rootUri=folder.as_uri())
    yield Place(place, client, folder)
    await client.kill()


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {json.dumps(held)}" for key, held in value.items()) + "}"
    return json.dumps(value)
