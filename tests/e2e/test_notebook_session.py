"""Notebooks by a client that frames its JSON by hand: what one cell binds, the others know; a fix lies in its cell."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.kit import Buffer, RawClient, ResponseError
from tests.kit_notebooks import NOTEBOOKS, Notebook
from tests.kit_texts import Json

THREE = (
    "import os\ntotal_count = 1",
    "%timeit os.getcwd()\npair = max([total_count, 2\n",
    "print(totl_count, pair)",
)
MARKDOWN, CODE = 1, 2


@pytest_asyncio.fixture
async def raw() -> AsyncIterator[RawClient]:
    client = await RawClient.start()
    yield client
    await client.kill()


async def first(notebook: Notebook, number: int, at: str, diagnostics: list[Json]) -> Json:
    actions = await notebook.actions(number, at, diagnostics, triggerKind=1)
    assert actions, notebook.text(number)
    return dict(actions[0])


async def test_three_cells(raw: RawClient) -> None:
    can = await raw.initialize(NOTEBOOKS)
    selector = {"notebook": {"notebookType": "jupyter-notebook"}, "cells": [{"language": "python"}]}
    assert can["notebookDocumentSync"]["notebookSelector"] == [selector]
    notebook = Notebook(raw, THREE)
    broken, misspelt = await notebook.problems(1), await notebook.problems(2)
    assert [(one["code"], one["range"]["start"]["line"]) for one in broken] == [("SyntaxError", 1)]
    assert [one["message"] for one in misspelt] == ["name 'totl_count' is not defined"]
    closing = await first(notebook, 1, "pair", broken)
    assert notebook.after(closing["edit"])[1] == "%timeit os.getcwd()\npair = max([total_count, 2])\n"
    assert closing["diagnostics"] == broken
    assert closing["data"]["preview"].startswith("@@ -2 +2 @@\n")
    renaming = await first(notebook, 2, "totl", misspelt)
    assert notebook.after(renaming["edit"]) == [*THREE[:2], "print(total_count, pair)"]
    assert await notebook.actions(0, "total_count") == []
    assert await raw.stop() == 0


async def test_cells_change_as_the_client_says(raw: RawClient) -> None:
    await raw.initialize(NOTEBOOKS)
    notebook = Notebook(raw, ["x = 1\n", "y = x + 1", "z = y + lost"])
    assert [one["message"] for one in await notebook.problems(2)] == ["name 'lost' is not defined"]
    notebook.insert(1, "lost = 3")
    assert await notebook.problems(3) == []
    notebook.type(1, "lost", "lots")
    (undefined,) = await notebook.problems(3)
    (action, *_) = await notebook.actions(3, "lost", [undefined])
    assert notebook.after(action["edit"])[3] == "z = y + lots"
    notebook.reorder([3, 1, 0, 2])
    (undefined, *_) = await notebook.actions(0, "lost", [undefined])
    assert notebook.after(undefined["edit"]) == ["z = y + lots", "lots = 3", "x = 1\n", "y = x + 1"]
    notebook.remove(2)
    (undefined,) = await notebook.problems(2)
    assert undefined["message"] == "name 'x' is not defined"
    notebook.set_kind(1, MARKDOWN)
    notebook.type(1, "lots", "lost")
    notebook.type(2, "x", "1")
    assert await notebook.problems(2) == []
    notebook.set_kind(1, CODE)
    assert await notebook.problems(0) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-32"])
async def test_positions_are_the_cell_s_own(raw: RawClient, encoding: str) -> None:
    await raw.initialize({**NOTEBOOKS, "general": {"positionEncodings": [encoding]}})
    cells = ["s = '😀é'\r\nvalue = 1", "%time t = '😀', valeu, '漢'\r\n", "# 😀\r\n!ls 😀\r\nu = ('😀', 1\r\nv = 1"]
    notebook = Notebook(raw, cells, encoding=encoding)
    (misspelt,) = await notebook.problems(1)
    action = await first(notebook, 1, "valeu", [misspelt])
    assert action["diagnostics"] == [misspelt]
    assert notebook.after(action["edit"])[1] == "%time t = '😀', value, '漢'\r\n"
    (unclosed,) = await notebook.problems(2)
    assert unclosed["range"]["start"]["line"] == 2
    action = await first(notebook, 2, "u = ", [unclosed])
    assert notebook.after(action["edit"])[2] == "# 😀\r\n!ls 😀\r\nu = ('😀', 1)\r\nv = 1"
    notebook.type(2, "1\r", "valeu)\r")
    (misspelt,) = await notebook.problems(2)
    notebook.type(1, "'😀', ", "'😀😀', ")
    action = await first(notebook, 2, "valeu", [misspelt])
    assert notebook.after(action["edit"])[2] == "# 😀\r\n!ls 😀\r\nu = ('😀', value)\r\nv = 1"
    assert notebook.after((await first(notebook, 1, "valeu", []))["edit"])[1] == "%time t = '😀😀', value, '漢'\r\n"


async def test_a_broken_cell_leaves_the_others_alone(raw: RawClient) -> None:
    await raw.initialize(NOTEBOOKS)
    cells = [
        "rows = [1, (2\n",
        "for f in rows:\n",
        "text = '''never\n",
        "if f:\n    pass",
        "else:\n    pass\n",
        "print(rows)\n",
    ]
    notebook = Notebook(raw, cells)
    found = [await notebook.problems(number) for number in (0, 1, 2, 4)]
    assert [[(one["code"], one["range"]["start"]["line"]) for one in problems] for problems in found] == [
        [("SyntaxError", 0)],
        [("IndentationError", 0)],
        [("SyntaxError", 0)],
        [("SyntaxError", 0)],
    ]
    wanted = {0: "rows = [1, (2)]\n", 1: "for f in rows:\n    pass\n", 2: "text = '''never'''\n"}
    for number, text in wanted.items():
        offered = await notebook.actions(number, cells[number][:4], found[number], triggerKind=1)
        made = [notebook.after(one["edit"]) for one in offered if "edit" in one]
        assert text in [one[number] for one in made], (number, made)
        assert all(one[:number] == cells[:number] and one[number + 1 :] == cells[number + 1 :] for one in made)
    assert {one["params"]["uri"] for one in raw.notifications if one["method"].endswith("Diagnostics")} == set()


async def test_what_ipython_gives_is_no_problem(raw: RawClient) -> None:
    await raw.initialize(NOTEBOOKS)
    cells = [
        "import asyncio\nawait asyncio.sleep(1)\nasync with open_it() as it:\n    display(it)\n",
        "%%bash --out listing\nls (",
        "async def open_it():\n    ...\n\nprint(listing, In[1], Out, _, __, _1, _i2, get_ipython(), exit)\nmissing",
    ]
    notebook = Notebook(raw, cells)
    assert [one["message"] for one in await notebook.problems(2)] == ["name 'missing' is not defined"]
    assert not [one for one in raw.notifications if one["method"].endswith("Diagnostics")]
    notebook.insert(0, "%run helpers.py")
    assert await notebook.problems(3) == []


async def test_a_text_that_changed_answers_nothing_old(raw: RawClient) -> None:
    capabilities = {
        **NOTEBOOKS,
        "workspace": {"workspaceEdit": {"documentChanges": True}},
        "textDocument": {
            "publishDiagnostics": {"versionSupport": True},
            "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
        },
    }
    await raw.initialize(capabilities)
    notebook = Notebook(raw, ["value = 1", "print(valeu)"])
    await notebook.problems(1)
    (action, *_) = await notebook.actions(1, "valeu")
    assert "edit" not in action
    resolved = await raw.request("codeAction/resolve", action)
    assert notebook.after(resolved["edit"]) == ["value = 1", "print(value)"]
    notebook.type(1, "print", "pprint")
    with pytest.raises(ResponseError) as refused:
        await raw.request("codeAction/resolve", action)
    assert refused.value.code == -32801
    published = await raw.notification("textDocument/publishDiagnostics", uri=notebook.cell(1), version=2)
    assert [one["message"] for one in published["diagnostics"]] == [
        "name 'pprint' is not defined",
        "name 'valeu' is not defined",
    ]
    (action, *_) = await notebook.actions(1, "valeu")
    assert notebook.after((await raw.request("codeAction/resolve", action))["edit"])[1] == "pprint(value)"


async def test_diagnostics_are_pulled_by_cell(raw: RawClient) -> None:
    await raw.initialize({**NOTEBOOKS, "textDocument": {"diagnostic": {}}})
    notebook = Notebook(raw, ["value = 1", "\n\nprint(valeu)"])
    for number, lines in ((0, []), (1, [2])):
        pulled = await raw.request("textDocument/diagnostic", {"textDocument": {"uri": notebook.cell(number)}})
        assert [one["range"]["start"]["line"] for one in pulled["items"]] == lines


async def test_a_notebook_that_is_closed_leaves_nothing(raw: RawClient) -> None:
    await raw.initialize(NOTEBOOKS)
    notebook = Notebook(raw, ["print(lost)", "print(more)"])
    for number in (0, 1):
        assert await notebook.problems(number)
    notebook.remove(1)
    published = await raw.notification("textDocument/publishDiagnostics", uri=list(notebook.texts)[1])
    assert published["diagnostics"] == []
    notebook.close()
    assert await notebook.problems(0) == []
    assert await notebook.actions(0, "lost") == []
    again = Notebook(raw, ["print(lost)"])
    assert [one["message"] for one in await again.problems(0)] == ["name 'lost' is not defined"]


async def test_a_cell_that_is_opened_like_a_file_may_know_other_cells_names(raw: RawClient) -> None:
    await raw.initialize()
    uri = "vscode-notebook-cell:/project/b.ipynb#W0sZmlsZQ%3D%3D"
    buffer = Buffer(raw, "%matplotlib inline\nplot(from_elsewhere, [1, 2)\n", uri)
    (broken,) = (await raw.notification("textDocument/publishDiagnostics", uri=uri))["diagnostics"]
    assert broken["range"]["start"]["line"] == 1
    (action, *_) = await buffer.actions(buffer.text.index("plot"), diagnostics=[broken])
    assert buffer.applied(action["edit"]) == "%matplotlib inline\nplot(from_elsewhere, [1, 2])\n"
    buffer.replace(buffer.text.index(", 2)") + 3, buffer.text.index(", 2)") + 3, "]")
    assert (await raw.notification("textDocument/publishDiagnostics", uri=uri))["diagnostics"] == []
