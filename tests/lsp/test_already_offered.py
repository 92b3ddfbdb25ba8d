"""A fix that another tool's diagnostic carries is not offered a second time."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types

from tests.lsp.session import Client, Page, capabilities, start

TEXT = "length = 3\nprint($0lenght)\n"
PLACE = {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 12}}
SAME = {"range": PLACE, "newText": "length"}
OTHER = {"range": PLACE, "newText": "len"}


async def titles(client: Client, data: Any, source: str = "Ruff") -> list[str]:
    await start(client, capabilities(disabled=True))
    page = Page(client, TEXT)
    at = page.range(page.cursor, page.cursor + len("lenght"))
    told = types.Diagnostic(at, "Undefined name `lenght`", code="F821", source=source, data=data)
    return [action.title for action in await page.actions(diagnostics=[told])]


@pytest.mark.parametrize(
    "data",
    [
        {"title": "Use `length`", "edits": [SAME], "code": "F821"},
        {"fix": {"applicability": "safe", "edits": [SAME]}},
        [{"edit": {"changes": {"file:///project/page.py": [SAME]}}}],
        # The same text, cut in another way.
        {"edits": [{"range": {**PLACE, "start": {"line": 1, "character": 9}}, "newText": "gth"}]},
    ],
)
async def test_what_the_tool_offers_itself_is_left_to_it(client: Client, data: Any) -> None:
    assert await titles(client, data) == []


@pytest.mark.parametrize(
    "data",
    [
        None,
        "edits",
        {"edits": [OTHER]},
        {"edits": [SAME, OTHER]},
        {"edits": [{"range": None, "newText": "length"}]},
        {"edits": [{"range": {"start": 1, "end": 2}, "newText": "length"}], "code": 1},
        {"a": {"b": {"c": {"d": {"e": {"f": {"edits": [SAME]}}}}}}},
    ],
)
async def test_ours_is_offered_where_theirs_is_another_or_none(client: Client, data: Any) -> None:
    assert await titles(client, data) == ["Replace `lenght` with `length`"]
