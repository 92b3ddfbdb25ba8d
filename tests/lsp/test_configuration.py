"""Settings that clients send in each of the three ways of LSP, and the messages about wrong ones."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.session import Client, Page, bounded, capabilities, start

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALL = "value = compute(1, [2, 3$0\nother = 4\n"


def changed(client: Client, settings: object) -> None:
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))


async def test_settings_that_the_client_is_asked_for(client: Client) -> None:
    client.set_configuration({"maxOffers": 1, "minProbability": 0}, section="quickfix-ls")
    await start(client, capabilities(configuration=True))
    page = Page(client, CALL)
    await page.diagnostics(lambda params: bool(params.diagnostics))
    assert len(await page.actions()) == 1


async def test_settings_that_change(client: Client) -> None:
    await start(client, options={"minProbability": 0})
    page = Page(client, CALL)
    assert len(await page.actions()) > 1
    changed(client, {"quickfix-ls": {"maxOffers": 1, "minProbability": 0}})
    assert len(await page.actions()) == 1
    changed(client, {"minProbability": 1})
    page.change(len(page.text), len(page.text), "# new\n")
    assert await page.actions() == []
    changed(client, None)
    page.change(len(page.text), len(page.text), "# newer\n")
    assert len(await page.actions()) > 1


async def test_a_client_that_can_be_asked_is_asked_again_when_they_change(client: Client) -> None:
    await start(client, capabilities(configuration=True), options={"minProbability": 0})
    page = Page(client, CALL)
    assert len(await page.actions()) > 1
    await page.diagnostics(lambda params: bool(params.diagnostics))
    client.set_configuration({"diagnostics": "off", "maxOffers": 1}, section="quickfix-ls")
    changed(client, {"other": "noise"})
    await page.diagnostics(lambda params: not params.diagnostics)
    assert len(await page.actions()) == 1


async def test_wrong_settings_are_one_message_and_the_rest_holds(client: Client) -> None:
    wrong = {"maxOffers": "many", "maxOffer": 2}
    await start(client, options={**wrong, "minProbability": 0, "diagnostics": "off"})
    assert len(await Page(client, CALL).actions()) > 1
    (message,) = [shown.message for shown in client.messages if "maxOffer" in shown.message]
    assert "`maxOffers` must be a whole number from 1 to 10, not 'many'; 3 holds." in message
    assert "there is no setting `maxOffer`; did you mean `maxOffers`?" in message
    assert client.published == []
    changed(client, wrong)
    changed(client, {"maxOffers": 1})
    assert len(await Page(client, CALL, uri="untitled:2").actions()) == 1
    assert len([shown for shown in client.messages if "`maxOffer`" in shown.message]) <= 2


async def test_what_an_extension_keeps_in_our_section_is_no_news(client: Client) -> None:
    theirs = {"path": [], "interpreter": [], "trace": {"server": "off"}, "enable": True, "maxOffer": 2}
    client.set_configuration({**theirs, "minProbability": 0}, section="quickfix-ls")
    await start(client, capabilities(configuration=True), options=theirs)
    page = Page(client, CALL)
    await page.diagnostics(lambda params: bool(params.diagnostics))
    changed(client, None)
    assert len(await page.actions()) > 1
    assert [shown.message for shown in client.messages] == [
        "quickfix-ls: there is no setting `maxOffer`; did you mean `maxOffers`?"
    ]


async def test_disabled_fixers_propose_nothing(client: Client) -> None:
    await start(client, options={"minProbability": 0, "maxOffers": 10})
    page = Page(client, "print((1$0)\n")
    sources = {action.data["source"] for action in await page.actions()}  # type: ignore[index]  # JSON
    assert "fixer:close_bracket" in sources
    changed(client, {"disabledFixers": ["close_bracket"], "minProbability": 0, "maxOffers": 10})
    page.change(len(page.text), len(page.text), "# new\n")
    sources = {action.data["source"] for action in await page.actions()}  # type: ignore[index]  # JSON
    assert sources
    assert not any("fixer:close_bracket" in source for source in sources)


async def test_a_selector_that_does_not_exist_is_one_message(client: Client) -> None:
    await start(client, options={"selector": "astrology"})
    assert await Page(client, "print((1$0)\n").actions()
    (message,) = [shown.message for shown in client.messages if "astrology" in shown.message]
    assert "Traceback" not in message


async def test_the_target_version_is_what_the_code_is_judged_by(client: Client) -> None:
    await start(client, options={"targetVersion": "3.9"})
    page = Page(client, "match 1:\n    case 1:\n        pass\n")
    assert (await page.diagnostics(lambda params: bool(params.diagnostics))).diagnostics
    changed(client, {"targetVersion": "3.10"})
    await page.diagnostics(lambda params: not params.diagnostics)


async def test_the_log_level_is_heeded(client: Client) -> None:
    await start(client, options={"logLevel": "info"})
    await Page(client, CALL).actions()
    assert any("the worker is ready" in message.message for message in client.log_messages)
    changed(client, {"logLevel": "error"})
    before = len(client.log_messages)
    await bounded(client.workspace_execute_command_async(types.ExecuteCommandParams("somebody.elses")))
    assert len(client.log_messages) == before
