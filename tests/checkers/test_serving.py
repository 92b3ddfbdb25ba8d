"""Checkers as language servers: kept running, asked side by side, stopped when they hang, idle or are not needed."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.abc import TaskGroup

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Reported, Span

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tools of these tests are scripts with a shebang")

BOUND = 60.0

Served = Callable[[str], Path]
TEXT = "x = '\N{GRINNING FACE}' + y\n"


def _read(output: str) -> Iterator[ToolDiagnostic]:
    yield ToolDiagnostic(output.strip(), "once", (0, 0), (0, 0))


CHECKER = Checker("tool", frozenset({"tool"}), (), ("tool",), _read, "utf-16", ("tool-server", "--stdio"))

SERVER = """
import json, os, sys
def send(**message):
    body = json.dumps({'jsonrpc': '2.0', **message}).encode()
    sys.stdout.buffer.write(b'Content-Length: %d\\r\\n\\r\\n' % len(body) + body)
    sys.stdout.buffer.flush()
def receive():
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        length = int(line.split(b':')[1])
    return json.loads(sys.stdin.buffer.read(length)) if length else sys.exit()
def answer(asked, text):
    place = {'start': {'line': 0, 'character': 11}, 'end': {'line': 0, 'character': 12}}
    found = [{'range': place, 'severity': s, 'code': 'X1', 'message': m} for s, m in ((1, text), (2, 'a warning'))]
    send(id=asked['id'], result={'kind': 'full', 'items': found})
texts = {}
while True:
    message = receive()
    method = message.get('method')
    if method == 'initialize':
        open(RUNS, 'a').write('run ')
        send(id=message['id'], result={'capabilities': {}})
        send(id='mine', method='workspace/configuration', params={'items': [{}, {}]})
    elif method == 'textDocument/didOpen':
        texts[message['params']['textDocument']['uri']] = message['params']['textDocument']['text']
    elif method == 'textDocument/diagnostic':
        text = texts[message['params']['textDocument']['uri']]
"""


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Puts a checker on PATH whose server does this when it is asked about a text; returns the file to which each start
    adds a word."""

    def make(program: str) -> Path:
        runs, folder = tmp_path / "runs", tmp_path / "bin"
        folder.mkdir()
        server = SERVER.replace("RUNS", repr(str(runs))) + "".join(f"        {line}\n" for line in program.split("\n"))
        for name, code in (("tool", "print('run once')"), ("tool-server", server)):
            path = folder / name
            path.write_text(f"#!{sys.executable}\n{code}\n")
            path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))
        return runs

    return make


async def bounded(waiting: Awaitable[Any]) -> Any:
    return await asyncio.wait_for(waiting, BOUND)


async def ask(servers: Servers, text: str = TEXT, seconds: float = BOUND) -> tuple[Reported, ...] | None:
    return await servers.run(CHECKER, Snapshot.of(text), (3, 11), seconds)


async def test_its_errors_are_placed_and_it_is_started_once(tasks: TaskGroup, served: Served) -> None:
    runs, servers = served("answer(message, 'wrong')"), Servers(tasks)
    place = TEXT.index("y")
    for _ in range(2):
        assert await bounded(ask(servers)) == (Reported("wrong", Span(place, place + 1), "tool", "X1"),)
    assert runs.read_text() == "run "
    await bounded(servers.aclose())


async def test_questions_side_by_side_get_their_own_answers(tasks: TaskGroup, served: Served) -> None:
    runs, servers = served("answer(message, text)"), Servers(tasks)
    texts = [f"x = '{number}' + y\n" for number in range(4)]
    answers = await bounded(asyncio.gather(*(ask(servers, text) for text in texts)))
    assert [found[0].message for found in answers] == texts
    assert runs.read_text() == "run "
    await bounded(servers.aclose())


async def test_a_cancelled_question_leaves_it_running(tasks: TaskGroup, served: Served, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hangs = f"answer(message, text) if 'slow' not in text else open({str(pipe)!r}, 'w').write('x')"
    runs, servers = served(hangs), Servers(tasks)
    asking = asyncio.ensure_future(ask(servers, "slow\n"))
    assert await bounded(asyncio.to_thread(pipe.read_text)) == "x"
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await bounded(asking)
    assert await bounded(ask(servers))
    assert runs.read_text() == "run "
    await bounded(servers.aclose())


async def test_one_that_hangs_is_stopped_and_the_next_question_runs_the_tool(tasks: TaskGroup, served: Served) -> None:
    servers = Servers(tasks)
    served("answer(message, text) if 'slow' not in text else None")
    assert await bounded(ask(servers))
    assert await bounded(ask(servers, "slow\n", seconds=0.01)) is None
    assert await bounded(ask(servers)) == (Reported("run once", Span(0, 0), "tool", "once"),)
    # And the one after that starts it anew.
    (found,) = await bounded(ask(servers))
    assert found.code == "X1"
    await bounded(servers.aclose())


@pytest.mark.parametrize(
    "program",
    [
        "send(id=message['id'], error={'code': 1, 'message': 'no'})",
        "sys.exit()",
        "send(id=message['id'], result={'items': [{'severity': 1}]})",
    ],
)
async def test_one_that_can_not_tell_says_nothing(tasks: TaskGroup, served: Served, program: str) -> None:
    servers = Servers(tasks)
    served(program)
    assert await bounded(ask(servers)) is None
    await bounded(servers.aclose())


async def test_one_that_does_not_come_up_is_run_once(tasks: TaskGroup, served: Served, tmp_path: Path) -> None:
    servers = Servers(tasks)
    served("pass")
    (tmp_path / "bin" / "tool-server").write_text(f"#!{sys.executable}\n")
    assert await bounded(ask(servers)) == (Reported("run once", Span(0, 0), "tool", "once"),)
    await bounded(servers.aclose())


@pytest.mark.parametrize("idle_seconds", [0.0, BOUND])
async def test_it_ends_when_idle_or_closed(
    tasks: TaskGroup, served: Served, tmp_path: Path, idle_seconds: float
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    servers = Servers(tasks, idle_seconds)
    served(f"alive = open({str(pipe)!r}, 'wb', 0); alive.write(b'x'); answer(message, text)")
    asking = asyncio.ensure_future(ask(servers))
    with await bounded(asyncio.to_thread(open, pipe, "rb", 0)) as alive:
        assert await bounded(asyncio.to_thread(alive.read, 1)) == b"x"
        await bounded(asking)
        if idle_seconds:
            await bounded(servers.aclose())
        # The end of the pipe: whoever had it open for writing is no more.
        assert await bounded(asyncio.to_thread(alive.read, 1)) == b""
    await bounded(servers.aclose())
