"""Code actions: which kinds, how many, in which form, with which edit."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from lsprotocol import types

from tests.lsp.session import CONTENT_MODIFIED, Client, Page, capabilities, edits_of, error_of
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNCLOSED = """\
import os


def double(x$0:
    return 2 * x


print(double(1))
"""
CLOSED = """\
import os


def double(x):
    return 2 * x


print(double(1))
"""
MISSPELT = """\
def area(length, width):
    return $0lenght * width


print(area(2, 3))
"""
SPELT = """\
def area(length, width):
    return length * width


print(area(2, 3))
"""
NO_COLON = "def twice(x)$0\n    return 2 * x\n"
COLON = "def twice(x):\n    return 2 * x\n"


Automatic, Invoked = types.CodeActionTriggerKind.Automatic, types.CodeActionTriggerKind.Invoked


@pytest.mark.parametrize(
    ("before", "after"),
    [(UNCLOSED, CLOSED), (MISSPELT, SPELT), (NO_COLON, COLON)],
    ids=["bracket", "name", "colon"],
)
async def test_the_first_action_mends_the_code(serve: Serve[Client], before: str, after: str) -> None:
    client = await serve()
    page = Page(client, before)
    assert page.after(await page.first()) == after


async def test_capabilities_say_what_there_is(serve: Serve[Client]) -> None:
    can = (await serve()).answered.capabilities
    options = can.code_action_provider
    assert isinstance(options, types.CodeActionOptions)
    assert list(options.code_action_kinds or ()) == ["quickfix", "source.fixAll.quickfix-ls"]
    assert options.resolve_provider is True
    assert can.execute_command_provider is not None
    names = ("accepted", "never", "why", "whyNothing", "doctor")
    assert list(can.execute_command_provider.commands) == [f"quickfix-ls.{name}" for name in names]
    sync = can.text_document_sync
    assert isinstance(sync, types.TextDocumentSyncOptions)
    assert (sync.open_close, sync.change) == (True, types.TextDocumentSyncKind.Incremental)
    assert can.workspace is not None
    assert can.workspace.workspace_folders is not None
    assert can.workspace.workspace_folders.change_notifications is True
    assert (can.hover_provider, can.completion_provider, can.diagnostic_provider) == (None, None, None)


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (None, ["quickfix"]),
        ([], ["quickfix"]),
        ([""], ["quickfix", "source.fixAll.quickfix-ls"]),
        (["quickfix"], ["quickfix"]),
        (["quickfix.x"], []),
        (["source"], ["source.fixAll.quickfix-ls"]),
        (["source.fixAll"], ["source.fixAll.quickfix-ls"]),
        (["source.fixAll.quickfix-ls"], ["source.fixAll.quickfix-ls"]),
        (["source.fixAll.other"], []),
        (["source.organizeImports"], []),
        (["refactor"], []),
        (["refactor", "quickfix"], ["quickfix"]),
        (["notebook.source.fixAll"], []),
        (["notebook.x"], []),
        (["quick"], []),
    ],
    ids=str,
)
async def test_only_is_a_hierarchy(serve: Serve[Client], only: list[str] | None, kinds: list[str]) -> None:
    client = await serve()
    page = Page(client, NO_COLON)
    assert sorted({str(action.kind) for action in await page.actions(only=only)}) == kinds


async def test_fix_all_of_a_notebook_cell_is_not_for_a_cell(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, NO_COLON, uri="vscode-notebook-cell:/project/a.ipynb#W0sZmlsZQ%3D%3D")
    assert await page.actions(only=["source.fixAll"]) == []
    assert await page.actions(only=["quickfix"])


async def test_a_list_is_short_and_its_best_is_first(serve: Serve[Client]) -> None:
    client = await serve(options={"minProbability": 0})
    page = Page(client, "value = compute(1, [2, 3$0\nother = 4\n")
    actions = await page.actions()
    assert 1 <= len(actions) <= 3
    chances = [action.data["probability"] for action in actions]  # type: ignore[index]  # data is any JSON value
    assert chances == sorted(chances, reverse=True)
    assert len({page.after(action) for action in actions}) == len(actions)
    assert all(action.title and "AI" not in action.title for action in actions)


async def test_at_most_as_many_as_the_settings_say(serve: Serve[Client]) -> None:
    client = await serve(options={"minProbability": 0, "maxOffers": 1})
    assert len(await Page(client, UNCLOSED).actions()) == 1


async def test_nothing_where_nothing_is_wrong(serve: Serve[Client]) -> None:
    client = await serve(capabilities(disabled=True))
    page = Page(client, "import os\n\nprint($0os.getcwd())\n")
    assert await page.actions(only=["quickfix"], trigger=Invoked) == []
    assert await page.actions(only=["source.fixAll"]) == []


async def test_preferred_is_at_most_one_and_the_first(serve: Serve[Client]) -> None:
    client = await serve(options={"minProbability": 0})
    for number, text in enumerate((NO_COLON, UNCLOSED, MISSPELT)):
        actions = await Page(client, text).actions()
        assert all(action.is_preferred in (None, True) for action in actions)
        assert [bool(action.is_preferred) for action in actions[1:]] == [False] * (len(actions) - 1)
        if number == 0:
            assert actions[0].is_preferred is True


async def test_the_clients_own_diagnostics_are_echoed(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, MISSPELT)
    at = page.range(page.cursor, page.cursor + len("lenght"))
    undefined = types.Diagnostic(
        at,
        'Undefined name "lenght"',
        types.DiagnosticSeverity.Error,
        "F821",
        source="Ruff",
        data={"fix": None},
    )
    stylistic = types.Diagnostic(at, "line too ugly", types.DiagnosticSeverity.Warning, "E501", source="pycodestyle")
    action = await page.first(diagnostics=[stylistic, undefined])
    assert list(action.diagnostics or ()) == [undefined]


async def test_our_own_diagnostic_is_named_where_the_client_sends_none(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, MISSPELT)
    published = await page.diagnostics(lambda params: bool(params.diagnostics))
    assert (await page.first()).diagnostics == published.diagnostics


async def test_a_diagnostic_without_source_code_and_data_will_do(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED)
    bare = types.Diagnostic(page.range(page.cursor - 2, page.cursor), "'(' was never closed")
    action = await page.first(diagnostics=[bare])
    assert list(action.diagnostics or ()) == [bare]
    assert page.after(action) == CLOSED


@pytest.mark.parametrize("reach", ["cursor", "line", "document"])
async def test_ranges_of_every_reach(serve: Serve[Client], reach: str) -> None:
    client = await serve()
    page = Page(client, MISSPELT)
    line = page.text.index("    return"), page.text.index("\n\n\n")
    spans = {"cursor": (page.cursor, page.cursor), "line": line, "document": (0, len(page.text))}
    assert page.after(await page.first(spans[reach])) == SPELT


async def test_a_selection_of_two_problems_hides_neither(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "import os\n\nprint(os.getcwd(), lenn(os.sep))\nprint(maxx(1, 2))\n")
    after = [page.after(action) for action in await page.actions((0, len(page.text)))]
    assert any(" len(os" in text for text in after)
    assert any("(max(1" in text for text in after)


async def test_automatic_offers_first_what_invoked_does(serve: Serve[Client]) -> None:
    client = await serve()
    for text in (UNCLOSED, MISSPELT, NO_COLON):
        first = [
            page.after(await page.first(trigger=trigger))
            for trigger in (Automatic, Invoked, None)
            for page in [Page(client, text)]
        ]
        assert first[0] == first[1] == first[2]


# -- eager and lazy edits ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    resolves: bool
    data: bool
    lazy: bool


@pytest.mark.parametrize("form", [Form(True, True, True), Form(True, False, False), Form(False, True, False)], ids=str)
async def test_the_edit_is_lazy_only_where_the_client_can_ask_for_it(serve: Serve[Client], form: Form) -> None:
    client = await serve(capabilities(resolves=form.resolves, data=form.data))
    page = Page(client, UNCLOSED)
    action = await page.first()
    assert (action.edit is None) == form.lazy
    resolved = await client.code_action_resolve_async(action)
    assert page.after(resolved) == CLOSED
    for attribute in ("title", "kind", "diagnostics", "is_preferred", "disabled", "command", "data"):
        assert getattr(resolved, attribute) == getattr(action, attribute)


async def test_the_command_comes_with_the_edit_where_the_client_resolves_both(serve: Serve[Client]) -> None:
    """eglot runs the command of an action that has one, and never asks for its edit."""
    client = await serve(capabilities(resolves=True, resolves_commands=True))
    page = Page(client, UNCLOSED)
    action = await page.first()
    assert (action.edit, action.command) == (None, None)
    resolved = await client.code_action_resolve_async(action)
    assert page.after(resolved) == CLOSED
    assert resolved.command is not None
    assert resolved.command.command == "quickfix-ls.accepted"


async def test_a_client_of_the_first_form_gets_the_edit_alone(serve: Serve[Client]) -> None:
    """ALE runs an action's command in the place of its edit."""
    client = await serve(capabilities(data=False))
    page = Page(client, UNCLOSED)
    action = await page.first()
    assert action.command is None
    assert page.after(action) == CLOSED


@pytest.mark.parametrize("can", [True, False])
async def test_edits_carry_the_version_where_the_client_takes_it(serve: Serve[Client], can: bool) -> None:
    client = await serve(capabilities(document_changes=can))
    page = Page(client, UNCLOSED, version=0)
    edit = (await page.first()).edit
    assert edit is not None
    assert (edit.changes is None) == can
    if can:
        (document,) = edit.document_changes or ()
        assert isinstance(document, types.TextDocumentEdit)
        assert document.text_document.version == 0
        assert edit.change_annotations is None


async def test_edits_are_minimal(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, MISSPELT)
    action = await page.first()
    assert action.edit is not None
    (edit,) = edits_of(action.edit, page.uri)
    assert len(edit["newText"]) <= len("length")
    assert edit["range"]["start"]["line"] == edit["range"]["end"]["line"] == 1


async def test_resolving_for_an_old_text_is_refused(serve: Serve[Client]) -> None:
    client = await serve(capabilities(resolves=True))
    page = Page(client, UNCLOSED)
    action = await page.first()
    page.change(0, 0, "\n")
    assert await error_of(client.code_action_resolve_async(action)) == CONTENT_MODIFIED
    assert page.after(await client.code_action_resolve_async(await page.first((page.cursor + 1, page.cursor + 1))))


async def test_resolving_after_a_change_that_changed_nothing(serve: Serve[Client]) -> None:
    client = await serve(capabilities(resolves=True, document_changes=True))
    page = Page(client, UNCLOSED, version=4)
    action = await page.first()
    page.change(0, 1, page.text[0])
    resolved = await client.code_action_resolve_async(action)
    assert page.after(resolved) == CLOSED
    assert resolved.edit is not None
    (document,) = resolved.edit.document_changes or ()
    assert isinstance(document, types.TextDocumentEdit)
    assert document.text_document.version == 5


async def test_resolving_what_was_never_offered(serve: Serve[Client]) -> None:
    client = await serve(capabilities(resolves=True))
    stranger = types.CodeAction("Fix", data={"id": "no such offer"})
    assert await error_of(client.code_action_resolve_async(stranger)) == CONTENT_MODIFIED
    foreign = types.CodeAction("Fix", kind="quickfix", data=["somebody", "else's"])
    assert await client.code_action_resolve_async(foreign) == foreign


# -- abstention, fix all, acceptance -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shows", "only", "trigger", "expected"),
    [
        (True, ["quickfix"], Invoked, True),
        (True, ["quickfix"], None, True),
        (True, ["quickfix"], Automatic, False),
        (True, None, Invoked, False),
        (True, [""], Invoked, False),
        (False, ["quickfix"], Invoked, False),
    ],
)
async def test_abstaining_is_explained_only_to_who_asked(
    serve: Serve[Client],
    shows: bool,
    only: list[str] | None,
    trigger: types.CodeActionTriggerKind | None,
    expected: bool,
) -> None:
    client = await serve(capabilities(disabled=shows), options={"minProbability": 1})
    page = Page(client, "x = = = )\n$0")
    actions = await page.actions((0, 0), only=only, trigger=trigger)
    assert len(actions) == expected
    for action in actions:
        assert action.disabled is not None
        assert action.disabled.reason
        assert action.edit is None


async def test_fix_all_is_one_edit_that_mends_the_file(serve: Serve[Client]) -> None:
    client = await serve(capabilities(document_changes=True))
    page = Page(client, "def twice(x)\n    return 2 * x\n\n\ndef thrice(x)\n    return 3 * x\n")
    (action,) = await page.actions((0, 0), only=["source.fixAll.quickfix-ls"])
    assert page.after(action) == "def twice(x):\n    return 2 * x\n\n\ndef thrice(x):\n    return 3 * x\n"
    assert action.command is None


async def test_the_command_is_ours_and_tolerates_everything(serve: Serve[Client]) -> None:
    client = await serve(options={"logLevel": "info"})
    action = await Page(client, UNCLOSED).first()
    assert action.command is not None
    name = action.command.command
    assert name == "quickfix-ls.accepted"
    for arguments in (action.command.arguments, None, [], [1, {"a": []}], [None], [{"id": "unknown"}]):
        params = types.ExecuteCommandParams(name, arguments=arguments)
        assert await client.workspace_execute_command_async(params) is None
    assert any("accepted: " in message.message for message in client.log_messages)
    assert await client.workspace_execute_command_async(types.ExecuteCommandParams("somebody.elses", [1])) is None


async def test_two_requests_at_once_are_both_answered(serve: Serve[Client]) -> None:
    client = await serve()
    first, second = Page(client, UNCLOSED), Page(client, MISSPELT)
    one, two = await asyncio.gather(first.first(), second.first())
    assert (first.after(one), second.after(two)) == (CLOSED, SPELT)
