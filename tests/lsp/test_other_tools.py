"""Beside another server no error is shown twice: ruff's real diagnostics of ten errors that it and we know."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.kit import Buffer, RawClient
from tests.kit_texts import Json
from tests.pool import Serve

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(shutil.which("ruff") is None, reason="ruff is not installed"),
]

TELLS: Json = {"experimental": {"quickfix-ls": {"otherDiagnostics": True}}}
PULLS: Json = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}

TEN = {
    "no colon": "def f(x)\n    return x\n",
    "open bracket, and a line below": "value = compute(1, [2, 3\nother = 4\n",
    "open bracket at the end": "import os\n\nprint(os.sep\n",
    "open string": "name = 'abc\nprint(name)\n",
    "no body": "def f(x):\nreturn x\n",
    "print as a statement": "print 'hello'\n",
    "unmatched bracket": "x = (1 + 2))\nprint(x)\n",
    "no comma": "d = {'a': 1 'b': 2}\nprint(d)\n",
    "undefined name": "length = 2\nprint(lenght)\n",
    "missing import": "def load(handle):\n    return json.load(handle)\n",
}


def by_ruff(text: str, folder: Path) -> list[Json]:
    """Ruff's diagnostics of a text, as its language server sends them."""
    (folder / "a.py").write_text(text)
    command = ["ruff", "check", "--isolated", "--no-cache", "--select=E9,F63,F7,F82", "--output-format=json", "a.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return [
        {
            "range": {
                "start": {"line": one["location"]["row"] - 1, "character": one["location"]["column"] - 1},
                "end": {"line": one["end_location"]["row"] - 1, "character": one["end_location"]["column"] - 1},
            },
            "message": one["message"],
            "code": one["code"],
            "severity": 1,
            "source": "Ruff",
        }
        for one in json.loads(done.stdout)
    ]


def shown(client: RawClient, page: Buffer) -> list[str] | None:
    """The messages that are shown for a document; None before the first publication."""
    published = [one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]
    last = [one for one in published if one["uri"] == page.uri]
    return [one["message"] for one in last[-1]["diagnostics"]] if last else None


def tell(client: RawClient, page: Buffer, diagnostics: list[Json]) -> None:
    client.notify("quickfix-ls/otherDiagnostics", {"uri": page.uri, "diagnostics": diagnostics})


async def pulled(page: Buffer) -> list[str]:
    report = await page.client.request("textDocument/diagnostic", {"textDocument": {"uri": page.uri}})
    return [one["message"] for one in report["items"]]


@pytest.mark.parametrize("case", TEN)
async def test_an_error_that_an_extension_tells_of_is_shown_once(
    serve_raw: Serve[RawClient], tmp_path: Path, case: str
) -> None:
    client = await serve_raw(TELLS)
    page = Buffer(client, TEN[case])
    await client.until(lambda: bool(shown(client, page)))
    theirs = by_ruff(TEN[case], tmp_path)
    assert theirs
    tell(client, page, theirs)
    await client.until(lambda: shown(client, page) == [])
    tell(client, page, [])
    await client.until(lambda: bool(shown(client, page)))


async def test_what_others_do_not_report_stays(serve_raw: Serve[RawClient], tmp_path: Path) -> None:
    client = await serve_raw({**TELLS, **PULLS})
    text = "value = [1, 2\n\n\ndef f(x)\n    return x\n\n\nprint(lenght)\n"
    page = Buffer(client, text)
    before = await pulled(page)
    assert len(before) == 3
    style = {"range": by_ruff(text, tmp_path)[0]["range"], "message": "missing docstring", "severity": 2}
    tell(client, page, [style | {"source": "pydocstyle"}])
    assert await pulled(page) == before
    # Ruff looks for undefined names only where all of the file parses.
    names = by_ruff(text.replace("2\n", "2]\n").replace("(x)\n", "(x):\n"), tmp_path)
    assert [one["code"] for one in names] == ["F821"]
    tell(client, page, names)
    await client.asked("workspace/diagnostic/refresh")
    assert await pulled(page) == ["'[' was never closed", "expected ':'"]


async def test_a_tool_that_was_seen_once_is_given_way_to_everywhere(
    serve_raw: Serve[RawClient], tmp_path: Path
) -> None:
    """Without an extension only the context of a code action tells what others report."""
    client = await serve_raw({"textDocument": {"codeAction": {"disabledSupport": True}}})
    text = TEN["undefined name"]
    page, other = Buffer(client, text), Buffer(client, TEN["missing import"])
    await client.until(lambda: bool(shown(client, page)) and bool(shown(client, other)))
    await page.actions(text.index("lenght"), diagnostics=by_ruff(text, tmp_path))
    await client.until(lambda: shown(client, page) == [])
    syntax = Buffer(client, TEN["no colon"])
    await client.until(lambda: bool(shown(client, syntax)))
    fresh = Buffer(client, TEN["missing import"] + "def f(x)\n    return x\n")
    await client.until(lambda: shown(client, fresh) == ["expected ':'"])
    # A place where the client sent no other tool's diagnostic tells otherwise.
    await fresh.actions(fresh.text.index("json"))
    await client.until(lambda: shown(client, fresh) == ["name 'json' is not defined", "expected ':'"])
