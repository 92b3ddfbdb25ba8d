"""The client that compares servers: it applies what is offered, and lives through servers that don't."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.peers.places import places_of
from benchmarks.peers.rows import PeerRow
from benchmarks.peers.servers import Server, servers
from benchmarks.peers.sessions import Answer, Session, Troubles
from quickfix_ls.training.execution import ProgramTests
from quickfix_ls.training.rows import Behaviour, Row

TESTS = ProgramTests('[{"call": "double(2)", "expect": "4"}]')
BROKEN, FIXED = "def double(x)\n    return 2 * x\n", "def double(x):\n    return 2 * x\n"
COLON = PeerRow("", "syntax", Row("colon", "syntax", BROKEN, FIXED, "expected ':'", 1, 1, "", TESTS, "SyntaxError"))
FINE = PeerRow("", "type", Row("fine", "type", "x = 1\n", "x = 2\n", "", 1, 1))
ENDS_SOON = """
import sys
size = int(sys.stdin.buffer.readline().split(b":")[1])
sys.stdin.buffer.read(2 + size)
body = b'{"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}}'
sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
sys.stdout.flush()
sys.stdin.buffer.readline()
"""
# It offers something only where its diagnostic begins, and only with what it put into the diagnostic's data.
OFFERS_LAZILY = """
from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("lazy", "1")


def at(line, first, last):
    return types.Range(types.Position(line, first), types.Position(line, last))


def edit(uri, place, text):
    return types.WorkspaceEdit(changes={uri: [types.TextEdit(place, text)]})


@server.feature("textDocument/didOpen")
def opened(ls, params):
    report = types.Diagnostic(at(0, 13, 13), "no colon", code="E1", data="key 7")
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, [report]))


@server.feature("textDocument/codeAction", types.CodeActionOptions(resolve_provider=True))
def actions(ls, params):
    if params.range != at(0, 13, 13) or [one.data for one in params.context.diagnostics] != ["key 7"]:
        return []
    uri = params.text_document.uri
    return [
        types.CodeAction("Rewrite", kind="refactor", edit=edit(uri, at(0, 0, 3), "lambda")),
        types.CodeAction("Ignore", kind="quickfix", edit=edit(uri, at(0, 13, 13), "  # ignore")),
        types.CodeAction("Overlap with itself", kind="quickfix", edit=types.WorkspaceEdit(
            changes={uri: [types.TextEdit(at(0, 3, 5), ""), types.TextEdit(at(0, 4, 6), "")]})),
        types.CodeAction("Fail", kind="quickfix", command=types.Command("Fail", "fail")),
        types.CodeAction("Add a semicolon", kind="quickfix", data=uri),
        types.CodeAction("Add a colon", kind="quickfix", is_preferred=True,
                         command=types.Command("Add a colon", "add.colon", arguments=[uri])),
    ]


@server.feature("codeAction/resolve")
def resolved(ls, action):
    if action.data:
        action.edit = edit(action.data, at(0, 13, 13), ";")
    return action


@server.command("add.colon")
async def colon(ls, uri: str):
    await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit(uri, at(0, 13, 13), ":")))


@server.command("fail")
def fail(ls):
    raise ValueError


server.start_io()
"""


async def test_fixes_are_asked_for_at_diagnostics_resolved_and_executed(tmp_path: Path) -> None:
    session = await Session.start(Server("lazy", (sys.executable, "-c", OFFERS_LAZILY), "1"), tmp_path)
    try:
        found = await session.answer(COLON)
        assert found.titles == ("Add a colon", "Add a semicolon")
        assert (found.is_diagnosed, found.rank) == (True, 0)
        assert session.troubles == Troubles(errors=2)
    finally:
        await session.stop()


@pytest.mark.parametrize(
    ("program", "row"),
    [
        ("ruff", Row("f", "name", "x = 1\ny = f'one'\n", "x = 1\ny = 'one'\n", "", 2, 1)),
        ("ty", Row("json", "name", "x = 1\njson.dumps(x)\n", "import json\nx = 1\njson.dumps(x)\n", "", 2, 1)),
    ],
)
async def test_fixes_of_real_servers_are_seen(tmp_path: Path, program: str, row: Row) -> None:
    found = shutil.which(program, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"{program} is not installed")
    session = await Session.start(Server(program, (found, "server"), "?"), tmp_path)
    try:
        answer = await session.answer(PeerRow("", "name", row))
        assert (answer.is_diagnosed, answer.rank, len(answer.titles)) == (True, 0, 1)
    finally:
        await session.stop()


def report(line: int, first: int, last: int) -> dict[str, dict[str, dict[str, int]]]:
    return {"range": {"start": {"line": line, "character": first}, "end": {"line": line, "character": last}}}


def test_places_are_diagnostics_near_the_error_and_else_its_line() -> None:
    row = Row("row", "name", "a = b\nbb\nc\nddd\n", "a = b\nbb\nc\nd\n", "", 2, 1)
    there, beside, touching, away = report(1, 0, 1), report(3, 0, 2), report(3, 2, 3), report(0, 0, 1)
    assert places_of(row, [away, beside, touching, there]) == [
        (there["range"], [there]),
        (beside["range"], [beside, touching]),
        (touching["range"], [beside, touching]),
    ]
    line = report(1, 0, 2)["range"]
    assert places_of(row, [away]) == [(away["range"], [away]), (line, [])]
    assert places_of(row, []) == [(line, [])]


def test_what_is_reported_at_the_end_of_the_line_before_touches() -> None:
    row = Row("row", "syntax", "class A:\ndef f(x: List):\n    pass\n", "class A:\n    pass\n", "", 2, 1)
    block, name = report(0, 8, 8), report(1, 9, 13)
    assert [place for place, _ in places_of(row, [name, block])] == [block["range"], name["range"]]


def test_of_several_on_one_line_the_one_at_the_error_is_asked_first() -> None:
    name, colon, both = report(0, 9, 13), report(0, 15, 15), report(0, 0, 16)
    syntax = Row("row", "syntax", "def f(x: List) ->\n    pass\n", "def f(x: List):\n    pass\n", "", 1, 1)
    # CPython marks the end of the line.
    assert [place for place, _ in places_of(syntax, [name, colon])] == [colon["range"], name["range"]]
    undefined = Row("row", "name", "f(x, List)\n", "f(x, list)\n", "name 'List' is not defined", 1, 1)
    first, second = report(0, 2, 3), report(0, 5, 9)
    assert [place for place, _ in places_of(undefined, [first, second])] == [second["range"], first["range"]]
    assert [place for place, _ in places_of(undefined, [first, both])] == [both["range"], first["range"]]


async def test_our_own_fix_is_applied_and_compared(tmp_path: Path) -> None:
    (ours,) = servers(tmp_path)
    session = await Session.start(ours, tmp_path)
    try:
        found = await session.answer(COLON)
        assert (found.is_diagnosed, found.rank) == (True, 0)
        assert found.titles
        assert found.ms is not None
        assert found.behaviour == Behaviour(error_gone=True, tests_pass=True)
        silent = await session.answer(FINE)
        assert (silent.is_diagnosed, silent.titles, silent.rank) == (False, (), None)
        assert session.troubles == Troubles()
    finally:
        await session.stop()


async def test_a_server_that_ends_is_started_again(tmp_path: Path) -> None:
    session = await Session.start(Server("dying", (sys.executable, "-c", ENDS_SOON), "0"), tmp_path)
    try:
        nothing = Answer(behaviour=Behaviour(error_gone=False, tests_pass=False))
        assert [await session.answer(COLON), await session.answer(FINE)] == [nothing, Answer()]
        assert (session.troubles.restarts, session.troubles.timeouts) == (2, 0)
    finally:
        await session.stop()
