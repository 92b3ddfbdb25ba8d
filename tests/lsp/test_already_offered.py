"""A fix that another tool's diagnostic carries is not offered a second time."""

from __future__ import annotations

from typing import Any

import pytest
from lsprotocol import types

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.documents.view import WholeView
from quickfix_ls.lsp.already_offered import not_already_offered
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.values import Candidate, Edit, Offer, Problem, Span, Verdict
from tests.lsp.session import Client, Page, capabilities
from tests.pool import Serve

TEXT = "length = 3\nprint(lenght)\n"
AT = Span(17, 23)
URI = "file:///project/page.py"
RANGE = types.Range(types.Position(1, 6), types.Position(1, 12))
PLACE = {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 12}}
SAME = {"range": PLACE, "newText": "length"}
OTHER = {"range": PLACE, "newText": "len"}

THE_SAME_FIX = [
    {"title": "Use `length`", "edits": [SAME], "code": "F821"},
    {"fix": {"applicability": "safe", "edits": [SAME]}},
    [{"edit": {"changes": {"file:///project/page.py": [SAME]}}}],
    # The same text, cut in another way.
    {"edits": [{"range": {**PLACE, "start": {"line": 1, "character": 9}}, "newText": "gth"}]},
]
ANOTHER_FIX_OR_NONE = [
    None,
    "edits",
    {"edits": [OTHER]},
    {"edits": [SAME, OTHER]},
    {"edits": [{"range": None, "newText": "length"}]},
    {"edits": [{"range": {"start": 1, "end": 2}, "newText": "length"}], "code": 1},
    {"a": {"b": {"c": {"d": {"e": {"f": {"edits": [SAME]}}}}}}},
]


async def is_offered(data: Any, source: str = "Ruff") -> bool:
    """Whether our fix of the misspelt name is left beside a diagnostic with those data."""
    problem = Problem("name", "name 'lenght' is not defined", "NameError", AT, "lenght")
    candidate = Candidate((Edit(AT, "length"),), "Replace `lenght` with `length`")
    offer = Offer(problem, candidate, ("fixer:respell_name",), Verdict(()), 0.9)
    reported = types.Diagnostic(RANGE, "Undefined name `lenght`", code="F821", source=source, data=data)
    document = ClientDocument(Snapshot.of(TEXT, URI), "python", WholeView(URI))
    return not_already_offered(document, URI, [offer], [reported], "utf-16") == (offer,)


@pytest.mark.parametrize("data", THE_SAME_FIX)
async def test_what_the_tool_offers_itself_is_left_to_it(data: Any) -> None:
    assert not await is_offered(data)


@pytest.mark.parametrize("data", ANOTHER_FIX_OR_NONE)
async def test_ours_is_offered_where_theirs_is_another_or_none(data: Any) -> None:
    assert await is_offered(data)


async def test_what_our_own_diagnostic_carries_is_no_other_tools_fix() -> None:
    assert await is_offered({"edits": [SAME]}, "quickfix-ls")


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("edit", "titles"), [(SAME, []), (OTHER, ["Replace `lenght` with `length`"])])
async def test_an_editor_is_offered_only_what_the_tool_does_not(
    serve: Serve[Client], edit: Any, titles: list[str]
) -> None:
    page = Page(await serve(capabilities(disabled=True)), TEXT)
    reported = types.Diagnostic(RANGE, "Undefined name `lenght`", code="F821", source="Ruff", data={"edits": [edit]})
    at = (AT.start, AT.start)
    assert [action.title for action in await page.actions(at, diagnostics=[reported])] == titles
