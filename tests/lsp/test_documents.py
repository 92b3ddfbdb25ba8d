"""Documents and positions: versions, encodings, changes of every kind, and answers that are never stale."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from tests.kit import RawClient
from tests.kit_texts import marked
from tests.lsp.long import LONG
from tests.lsp.session import CONTENT_MODIFIED, Client, Page, bounded, capabilities, error_of, start
from tests.pool import Serve

pytestmark = pytest.mark.asyncio(loop_scope="session")

UNCLOSED = "def double(x$0:\n    return 2 * x\n"
CLOSED = "def double(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    ("offered", "agreed"),
    [
        ([], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32"], "utf-32"),
        (["utf-16", "utf-8"], "utf-16"),
        (["utf-7"], "utf-16"),
    ],
    ids=str,
)
async def test_every_position_encoding(serve: Serve[Client], offered: list[str], agreed: str) -> None:
    client = await serve(capabilities(encodings=offered))
    assert client.answered.capabilities.position_encoding == agreed
    page = Page(client, "é = '漢😀'; print('👩‍👩‍👧', lenn$0(é))\n", encoding=agreed)
    assert page.after(await page.first()) == "é = '漢😀'; print('👩‍👩‍👧', len(é))\n"
    page.change(page.text.index("漢"), page.text.index("'; "), "😀x😀")
    cursor = page.text.index("lenn")
    assert page.after(await page.first((cursor, cursor + 4))) == "é = '😀x😀'; print('👩‍👩‍👧', len(é))\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(x$0:\r\n\treturn x\r\n", "def f(x):\r\n\treturn x\r\n"),
        ("def f(x$0:\r    return x\r", "def f(x):\r    return x\r"),
        ("\ufeffdef f(x)$0\n    return x\n", "\ufeffdef f(x):\n    return x\n"),
        ("s = '😀'\ndef f(x)$0\n\treturn '😀', x", "s = '😀'\ndef f(x):\n\treturn '😀', x"),
        ("print((1$0)", "print((1))"),
    ],
    ids=["CRLF and tabs", "CR", "BOM", "emoji, no final newline", "one line"],
)
async def test_line_ends_and_odd_characters_are_kept(serve: Serve[Client], before: str, after: str) -> None:
    client = await serve()
    page = Page(client, before)
    assert after in [page.after(action) for action in await page.actions()]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\r\n", "   ", "\x00", "😀", '"""', "\\", "\ud800"])
async def test_documents_with_nothing_in_them(serve: Serve[Client], text: str) -> None:
    client = await serve()
    page = Page(client, text)
    for only in (None, ["source.fixAll"]):
        for action in await page.actions((0, len(text)), only=only):
            assert page.after(action) != text
    page.change_whole("def f(x)\n    return x\n")
    assert page.after(await page.first((8, 8))) == "def f(x):\n    return x\n"


@pytest.mark.parametrize("version", [0, -3, 2**31 - 1])
async def test_every_version_is_legal(serve: Serve[Client], version: int) -> None:
    client = await serve(capabilities(document_changes=True))
    page = Page(client, UNCLOSED, version=version)
    action = await page.first()
    assert page.after(action) == CLOSED
    (document,) = (action.edit and action.edit.document_changes) or ()
    assert isinstance(document, types.TextDocumentEdit)
    assert document.text_document.version == version


async def test_a_request_that_a_change_overtakes_is_refused(client: Client) -> None:
    await start(client)
    page = Page(client, LONG + UNCLOSED)
    asking = asyncio.ensure_future(client.text_document_code_action_async(page.request()))
    await asyncio.sleep(0)  # let the request go out before the change
    page.change(0, len(LONG), "x = 1\n")
    assert await error_of(asking) == CONTENT_MODIFIED
    cursor = page.text.index(":")
    assert page.after(await page.first((cursor, cursor))) == "x = 1\n" + CLOSED


async def test_a_change_that_changes_nothing_overtakes_nothing(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED)
    asking = asyncio.ensure_future(client.text_document_code_action_async(page.request()))
    await asyncio.sleep(0)  # let the request go out before the change
    page.change(0, 3, "def")
    page.send([])
    assert page.after((await bounded(asking))[0]) == CLOSED


async def test_a_burst_of_changes(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "")
    text = "import os\n\n\ndef size(path):\n    return os.path.getsize(path\n\n\nprint(size('a'))\n"
    asked = []
    for offset, char in enumerate(text):
        page.change(offset, offset, char)
        if offset % 7 == 0:
            params = page.request((offset, offset), trigger=types.CodeActionTriggerKind.Automatic)
            asked.append(asyncio.ensure_future(client.text_document_code_action_async(params)))
    cursor = text.index("(path\n") + 5
    assert page.after(await page.first((cursor, cursor))) == text.replace("(path\n", "(path)\n")
    answers = await bounded(asyncio.gather(*asked, return_exceptions=True))
    codes = {getattr(answer, "code", 0) for answer in answers if isinstance(answer, Exception)}
    assert codes <= {CONTENT_MODIFIED}


async def test_several_changes_in_one_notification(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "a = 1\r\nb = 2\r\n")
    events = [
        types.TextDocumentContentChangePartial(page.range(0, 0), "import os\r\n"),
        types.TextDocumentContentChangePartial(types.Range(types.Position(1, 4), types.Position(1, 5)), "os.getcwdd("),
        types.TextDocumentContentChangePartial(types.Range(types.Position(1, 10), types.Position(1, 14)), "cwd"),
    ]
    page.text = "import os\r\na = os.getcwd(\r\nb = 2\r\n"
    page.send(events)
    cursor = page.text.index("(")
    after = page.after(await page.first((cursor, cursor)))
    assert compile(after, "a.py", "exec")
    assert after.startswith("import os\r\na = os.getcwd")


async def test_whole_documents_are_taken_as_well(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "x = 1\n" * 50)
    page.change_whole("x = 1\n" * 25 + "def f(x)\n    return x\n" + "x = 1\n" * 25)
    cursor = page.text.index(")")
    assert page.after(await page.first((cursor, cursor))) == page.text.replace("f(x)", "f(x):")


async def test_ranges_outside_of_the_text(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, "def f(x$0):\n    return lenn(x)")
    request = page.request()
    request.range = types.Range(types.Position(1, 900), types.Position(900, 900))
    (first, *_) = await client.text_document_code_action_async(request) or ()
    assert page.after(first) == "def f(x):\n    return len(x)"
    beyond = types.Range(types.Position(77, 0), types.Position(99, 9))
    page.send([types.TextDocumentContentChangePartial(beyond, "\n")])
    page.text += "\n"
    cursor = page.text.index("lenn")
    assert page.after(await page.first((cursor, cursor))) == "def f(x):\n    return len(x)\n"


async def test_untitled_documents(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED, uri="untitled:Untitled-1")
    assert page.after(await page.first()) == CLOSED


async def test_other_languages_are_left_alone(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED, uri="file:///project/a.md", language="markdown")
    assert await page.actions() == []
    assert await page.actions(only=[""]) == []


async def test_documents_that_are_not_open(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED)
    page.close()
    assert await page.actions() == []
    page.change(0, 0, "# ")
    again = Page(client, UNCLOSED, page.uri)
    assert again.after(await again.first()) == CLOSED


async def test_several_folders_and_changes_of_them(client: Client, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    (one / "alphaville.py").write_text("def alpha():\n    pass\n")
    (two / "betaville.py").write_text("def beta():\n    pass\n")
    folders = [types.WorkspaceFolder(path.as_uri(), path.name) for path in (one, two)]
    result = await start(client, workspace_folders=folders[:1])
    assert result.capabilities.workspace is not None
    first = Page(client, "alphaville.alpha()$0\n", uri=(one / "main.py").as_uri())
    imported = [first.after(action) for action in await first.actions((0, 0))]
    assert "import alphaville" in "".join(imported)
    event = types.WorkspaceFoldersChangeEvent(added=folders[1:], removed=folders[:1])
    client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
    second = Page(client, "betaville.beta()$0\n", uri=(two / "main.py").as_uri())
    imported = [second.after(action) for action in await second.actions((0, 0))]
    assert "import betaville" in "".join(imported)


async def test_a_document_without_version() -> None:
    """lsprotocol's types demand a version; a client that sends null is served all the same."""
    client = await RawClient.start()
    try:
        await client.initialize({"workspace": {"workspaceEdit": {"documentChanges": True}}})
        text, cursor = marked(UNCLOSED)
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": "untitled:1", "languageId": "python", "version": None, "text": text}},
        )
        place = {"line": 0, "character": cursor}
        request = {
            "textDocument": {"uri": "untitled:1"},
            "range": {"start": place, "end": place},
            "context": {"diagnostics": []},
        }
        first = (await client.request("textDocument/codeAction", request))[0]
        (change,) = first["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": "untitled:1", "version": None}
        assert await client.stop() == 0
    finally:
        await client.kill()


@pytest.mark.parametrize("uri", ["git:/project/a.py?ref=HEAD", "vscode-scm:git/a.py", "fugitive:///p/.git//0/a.py"])
async def test_documents_that_nobody_can_edit_get_no_offers(serve: Serve[Client], uri: str) -> None:
    client = await serve()
    page, witness = Page(client, UNCLOSED, uri=uri), Page(client, UNCLOSED)
    await witness.diagnostics(lambda params: bool(params.diagnostics))
    assert await page.actions() == []
    assert await page.actions(only=["source"]) == []
    assert page.published == []


@pytest.mark.parametrize(
    "long",
    ["x = [" + "1, " * 7_000 + "]\n", "x = '" + "(" * 3_000_000 + "'\n", "(" * 100_000],
    ids=["list", "text", "deep"],
)
async def test_a_very_long_line_is_met_with_silence_until_it_is_gone(serve: Serve[Client], long: str) -> None:
    client = await serve(options={"logLevel": "info"})
    page = Page(client, UNCLOSED)
    await page.diagnostics(lambda params: bool(params.diagnostics))
    page.change(len(page.text), len(page.text), long)
    await page.diagnostics(lambda params: not params.diagnostics)
    assert await page.actions() == []
    page.change(0, 0, "# still\n")
    assert await page.actions(only=["source.fixAll"]) == []
    page.change(page.text.index(long), len(page.text), "")
    await page.diagnostics(lambda params: bool(params.diagnostics))
    cursor = page.text.index(":")
    assert page.after(await page.first((cursor, cursor))) == "# still\n" + CLOSED
    left_alone = [one.message for one in client.log_messages if "left alone" in one.message]
    assert left_alone == [f"{page.uri} is left alone: it has a line of more than 20,000 characters"]


async def test_a_line_that_grows_together_or_by_bits(serve: Serve[Client]) -> None:
    client = await serve()
    page = Page(client, UNCLOSED + "# " + "a" * 15_000 + "\n# " + "b" * 15_000 + "\n")
    assert await page.actions()
    end = page.text.index("\n# b")
    page.change(end, end + 1, "")
    assert await page.actions() == []
    page.change(end, end, "\n")
    assert await page.actions()


async def test_a_file_of_many_megabytes_is_one_line_in_the_log(client: Client) -> None:
    await start(client, options={"logLevel": "info"})
    page = Page(client, UNCLOSED + "# a comment of forty characters, or so..\n" * 130_000)
    assert await page.actions() == []
    assert await page.actions(only=["source"]) == []
    left_alone = [one.message for one in client.log_messages if "left alone" in one.message]
    assert left_alone == [f"{page.uri} is left alone: it is longer than 5,000,000 characters"]
    assert client.published == []


async def test_each_folder_has_its_own_python(client: Client, tmp_path: Path) -> None:
    old, new, packages = tmp_path / "old", tmp_path / "new", "new/.venv/lib/python3.12/site-packages/onlyhere"
    old.mkdir(), (tmp_path / packages).mkdir(parents=True)
    (old / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.8"\n')
    (new / ".python-version").write_text("3.12\n")
    (new / ".venv" / "pyvenv.cfg").write_text("version = 3.12.1\n")
    folders = [types.WorkspaceFolder(path.as_uri(), path.name) for path in (old, new)]
    await start(client, workspace_folders=folders)
    text = "match 1:\n    case 1:\n        onlyhere.x()\n"
    one = Page(client, text, uri=(old / "a.py").as_uri())
    published = await one.diagnostics(lambda params: bool(params.diagnostics))
    assert "3.10" in published.diagnostics[0].message
    two = Page(client, text, uri=(new / "a.py").as_uri())
    published = await two.diagnostics(lambda params: bool(params.diagnostics))
    assert [diagnostic.code for diagnostic in published.diagnostics] == ["NameError"]
    name = text.index("onlyhere")
    assert "import onlyhere" in "".join([two.after(action) for action in await two.actions((name, name))])
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"targetVersion": "3.11"}))
    await one.diagnostics(lambda params: [found.code for found in params.diagnostics] == ["NameError"])
