"""Sessions as editors have them: several folders, a document without a file, many open files, a restarted server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import Buffer, RawClient

pytestmark = pytest.mark.asyncio(loop_scope="session")

CALL = "value = compute(1, [2, 3\nother = 4\n"
BROKEN = "def f(x)\n    return x\n"
LONG_REST = "".join(f"def g{number}(a, b):\n    return a + b\n\n\n" for number in range(100))


def shown(client: RawClient, page: Buffer) -> list[str]:
    """The messages of the last publication for a document."""
    published = [one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]
    last = [one for one in published if one["uri"] == page.uri][-1:]
    return [diagnostic["message"] for one in last for diagnostic in one["diagnostics"]]


async def test_each_folder_has_its_own_settings_and_a_document_without_a_file_those_of_the_first(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, settings in ((first, "max-offers = 1\nmin-probability = 0\n"), (second, "min-probability = 1\n")):
        folder.mkdir()
        (folder / "quickfix-ls.toml").write_text(settings)
    folders = [{"uri": folder.as_uri(), "name": folder.name} for folder in (first, second)]
    client = await RawClient.begin(workspaceFolders=folders)
    places = [(first / "a.py").as_uri(), (second / "a.py").as_uri(), "untitled:Untitled-1"]
    counts = [len(await Buffer(client, CALL, uri=uri).actions(CALL.index("\n"))) for uri in places]
    assert counts == [1, 0, 1]
    assert await Buffer(client, CALL, uri="untitled:Untitled-2", language="plaintext").actions(0) == []
    await client.end()


async def test_fifty_files_that_are_opened_at_once_all_show_their_error() -> None:
    client = await RawClient.begin()
    pages = [Buffer(client, f"{BROKEN}x = {number}\n\n\n{LONG_REST}") for number in range(50)]
    assert (await pages[-1].actions(8))[0]["title"] == "Add `:` after `def f(x)`"
    await client.until(lambda: all(shown(client, page) == ["expected ':'"] for page in pages))
    await client.end()


async def test_a_client_that_restarts_a_killed_server_goes_on_where_it_was() -> None:
    client = await RawClient.begin()
    page = Buffer(client, BROKEN)
    assert await page.actions(8)
    await client.kill()
    again = await RawClient.begin()
    page = Buffer(again, BROKEN, uri=page.uri, version=7)
    page.replace(0, 0, "\n")
    (action, *_) = await page.actions(9)
    assert page.applied(action["edit"]) == "\ndef f(x):\n    return x\n"
    await again.end()
