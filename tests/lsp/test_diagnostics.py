"""Our own findings as diagnostics: published by setting, not repeated if another tool reports them."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.session import Client, Page, bounded, start
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

BROKEN = """\
import os


def f(x)
    return x


length = 2
print(f(lenght), os.sep)
print(length)
"""


async def test_every_problem_of_the_file_is_published(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, BROKEN, version=0)
    published = await page.diagnostics(lambda params: bool(params.diagnostics))
    assert published.version == 0
    assert [(one.source, one.code, one.severity, one.range.start.line) for one in published.diagnostics] == [
        ("quickfix-ls", "SyntaxError", types.DiagnosticSeverity.Error, 3),
        ("quickfix-ls", "NameError", types.DiagnosticSeverity.Error, 8),
    ]
    assert published.diagnostics[0].message == "expected ':'"
    assert "lenght" in published.diagnostics[1].message
    assert published.diagnostics[1].range == page.range(BROKEN.index("lenght"), BROKEN.index("lenght") + 6)


async def test_a_mended_file_has_none(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "def f(x)\n    return x\n")
    await page.diagnostics(lambda params: bool(params.diagnostics))
    page.change(8, 8, ":")
    assert (await page.diagnostics(lambda params: not params.diagnostics)).version == 2


async def test_after_a_burst_only_the_last_text_counts(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "")
    for offset, char in enumerate(BROKEN):
        page.change(offset, offset, char)
    published = await page.diagnostics(lambda params: params.version == page.version)
    assert [one.code for one in published.diagnostics] == ["SyntaxError", "NameError"]


async def test_closing_clears(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, BROKEN)
    await page.diagnostics(lambda params: bool(params.diagnostics))
    page.close()
    assert list((await page.diagnostics(lambda _: True)).diagnostics) == []


@pytest.mark.parametrize(("mode", "left"), [("auto", ["NameError"]), ("on", ["SyntaxError", "NameError"])])
async def test_what_another_tool_reports_is_ours_to_report_only_if_on(
    serve: Serve[Client], mode: str, left: list[str]
) -> None:
    client = await serve(options={"diagnostics": mode})
    page = Page(client, BROKEN)
    await page.diagnostics(lambda params: len(params.diagnostics) == 2)
    line = page.range(BROKEN.index("def"), BROKEN.index("def") + 8)
    theirs = types.Diagnostic(line, 'Expected ":"', types.DiagnosticSeverity.Error, source="Pyright")
    style = types.Diagnostic(line, "missing docstring", types.DiagnosticSeverity.Warning, source="pydocstyle")
    await page.actions((BROKEN.index("def"), BROKEN.index("def")), diagnostics=[style])
    await page.actions((BROKEN.index("def"), BROKEN.index("def")), diagnostics=[style, theirs])
    page.change(len(page.text), len(page.text), "# end\n")
    published = await page.diagnostics(lambda params: params.version == page.version)
    assert [one.code for one in published.diagnostics] == left


async def test_auto_gives_way_at_once_and_comes_back(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, BROKEN)
    await page.diagnostics(lambda params: len(params.diagnostics) == 2)
    name = BROKEN.index("lenght")
    theirs = types.Diagnostic(page.range(name, name + 6), "Undefined name `lenght`", source="Ruff")
    action = await page.first((name, name), diagnostics=[theirs])
    assert list(action.diagnostics or ()) == [theirs]
    await page.diagnostics(lambda params: [one.code for one in params.diagnostics] == ["SyntaxError"])
    await page.actions((name, name))
    await page.diagnostics(lambda params: len(params.diagnostics) == 2)


async def test_off_publishes_nothing_and_still_offers(serve: Serve[Client]) -> None:
    client = await serve(options={"diagnostics": "off"})
    silent, witness = Page(client, BROKEN), BROKEN.index("x)\n") + 2
    assert silent.after(await silent.first((witness, witness))).startswith("import os\n\n\ndef f(x):")
    assert silent.published == []


async def test_off_later_takes_back_what_was_published(client: Client) -> None:
    await start(client)
    page = Page(client, BROKEN)
    await page.diagnostics(lambda params: bool(params.diagnostics))
    client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"quickfix-ls": {"diagnostics": "off"}})
    )
    assert list((await page.diagnostics(lambda _: True)).diagnostics) == []
    await bounded(page.actions())
