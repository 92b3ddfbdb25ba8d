"""An error of a program that ran is a problem of the document that is open, until its line changes or the program runs
clean."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.kit import Buffer, RawClient

pytestmark = pytest.mark.usefixtures("own_state")

TEXT = """\
import sys


def total(rows):
    return sum(row["pric"] for row in rows)


if len(sys.argv) < 2:
    print(total([{"price": 1, "count": 2}]))
"""
TEST = """\
import run


def test_total():
    assert run.total([{"price": 1}]) == 1
"""
SHOWN = r"KeyError: 'pric' \(python run\.py, \d\d:\d\d\)"


def ran(folder: Path, *command: str) -> int:
    """The exit code of a program that is started in a folder."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, check=False, timeout=60
    ).returncode


@asynccontextmanager
async def editing(path: Path, **can: Any) -> AsyncIterator[tuple[RawClient, Buffer]]:
    client = await RawClient.start()
    await client.initialize({"textDocument": {"publishDiagnostics": {}}, **can}, rootUri=path.parent.as_uri())
    try:
        yield client, Buffer(client, path.read_text(), path.as_uri())
    finally:
        await client.stop()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "run.py"
    path.parent.mkdir()
    path.write_text(TEXT)
    return path


def published(client: RawClient, page: Buffer) -> list[dict[str, Any]]:
    """The diagnostics that were published last."""
    all_params = [one["params"] for one in client.notifications if one["method"] == "textDocument/publishDiagnostics"]
    return next((params["diagnostics"] for params in reversed(all_params) if params["uri"] == page.uri), [])


async def shown(client: RawClient, page: Buffer, *patterns: str) -> Sequence[dict[str, Any]]:
    """The diagnostics of a document once they are those, and no others."""

    def is_so() -> bool:
        messages = [one["message"] for one in published(client, page)]
        return len(messages) == len(patterns) and all(map(re.fullmatch, patterns, messages))

    await client.until(is_so)
    return published(client, page)


async def actions(client: RawClient, page: Buffer, diagnostic: dict[str, Any], sent: list[Any]) -> Any:
    params = {"textDocument": {"uri": page.uri}, "range": diagnostic["range"], "context": {"diagnostics": sent}}
    return await client.request("textDocument/codeAction", params)


async def test_an_error_of_a_run_is_shown_and_fixed(program: Path) -> None:
    async with editing(program) as (client, page):
        assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
        (diagnostic,) = await shown(client, page, SHOWN)
        assert (diagnostic["code"], diagnostic["source"]) == ("KeyError", "quickfix-ls")
        assert diagnostic["range"] == {"start": {"line": 4, "character": 20}, "end": {"line": 4, "character": 24}}
        for sent in ([diagnostic], []):
            (action, *others) = await actions(client, page, diagnostic, sent)
            assert action["title"] == "Replace the key `pric` with `price`"
            assert action["diagnostics"] == [diagnostic]
            assert not any(other["title"] == action["title"] for other in others)
        fixed = page.applied(action["edit"])
        assert fixed == TEXT.replace('"pric"', '"price"')
        page.replace(0, len(page.text), fixed)
        await shown(client, page)


async def test_an_error_is_shown_in_a_document_that_is_opened_later(program: Path) -> None:
    assert ran(program.parent, "quickfix_ls", "run", str(program)) == 1
    async with editing(program) as (client, page):
        await shown(client, page, SHOWN)
        assert ran(program.parent, "quickfix_ls", "run", "run.py", "without rows") == 0
        await shown(client, page)


async def test_a_test_that_passes_forgets_its_error(program: Path) -> None:
    (program.parent / "test_run.py").write_text(TEST)
    pytest_of = ("pytest", "-p", "quickfix_ls.integrations.pytest_plugin", "--quickfix", "-p", "no:cacheprovider")
    async with editing(program) as (client, page):
        assert ran(program.parent, *pytest_of, "test_run.py") == 1
        await shown(client, page, r"KeyError: 'pric' \(pytest test_run\.py::test_total, \d\d:\d\d\)")
        (program.parent / "test_run.py").write_text(TEST.replace('"price"', '"pric"'))
        assert ran(program.parent, *pytest_of, "test_run.py") == 0
        await shown(client, page)


async def test_an_error_without_a_fix_is_shown_too(program: Path) -> None:
    program.write_text("def start():\n    raise RuntimeError('no ☕ left')\n\n\nstart()\n")
    async with editing(program) as (client, page):
        assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
        await shown(client, page, r"RuntimeError: no ☕ left \(python run\.py, \d\d:\d\d\)")


async def test_an_error_that_our_analysis_finds_too_is_shown_once(program: Path) -> None:
    program.write_text("prices = [1]\nprint(sum(pricse))\n")
    async with editing(program) as (client, page):
        await client.until(lambda: len(published(client, page)) == 1)
        assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
        (diagnostic,) = await shown(client, page, r"NameError: name 'pricse' is not defined.* \(python run\.py, .*\)")
        (action, *_) = await actions(client, page, diagnostic, [diagnostic])
        assert action["diagnostics"] == [diagnostic]


async def test_a_line_that_was_changed_before_has_no_error(program: Path) -> None:
    assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
    program.write_text(TEXT.replace('row["pric"] for', 'row["cout"] for') + "print(undefinde)\n")
    async with editing(program) as (client, page):
        await client.until(lambda: bool(published(client, page)))
        assert [one["message"] for one in published(client, page)] == ["name 'undefinde' is not defined"]


async def test_a_client_that_pulls_is_asked_to_pull_again(program: Path) -> None:
    can = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    async with editing(program, **can) as (client, page):
        pull = "textDocument/diagnostic", {"textDocument": {"uri": page.uri}}
        assert (await client.request(*pull))["items"] == []
        assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
        await client.asked("workspace/diagnostic/refresh")
        (diagnostic,) = (await client.request(*pull))["items"]
        assert re.fullmatch(SHOWN, diagnostic["message"])


async def test_an_error_beside_cells_that_are_masked(program: Path) -> None:
    """In Databricks' sources what is none of Python is masked."""
    cells = "# Databricks notebook source\n# MAGIC %sql\n# MAGIC SELECT 1\n\n# COMMAND ----------\n\n"
    program.write_text(cells + TEXT)
    async with editing(program) as (client, page):
        assert ran(program.parent, "quickfix_ls", "run", "run.py") == 1
        (diagnostic,) = await shown(client, page, SHOWN)
        assert diagnostic["range"]["start"] == {"line": 10, "character": 20}
        (action, *_) = await actions(client, page, diagnostic, [diagnostic])
        assert page.applied(action["edit"]) == page.text.replace('"pric"', '"price"')
