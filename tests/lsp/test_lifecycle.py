"""The server's processes: they start, end, die and hang, and nobody who waits is left without an answer."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
import pytest_asyncio

from tests.kit import BOUND, Buffer, RawClient, ResponseError
from tests.lsp.long import LONG

BROKEN = "print(lenn([]))\n"
MENDED = "print(len([]))\n"

procfs = pytest.mark.skipif(
    not hasattr(os, "pidfd_open") or not Path("/proc/self/task").exists(),
    reason="needs Linux to find the worker and wait for its end",
)


@pytest_asyncio.fixture
async def raw() -> AsyncIterator[RawClient]:
    client = await RawClient.start()
    yield client
    await client.kill()


def worker_of(client: RawClient) -> int:
    """The process id of the server's only child."""
    pid = client.process.pid
    children = "".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    (worker,) = map(int, children.split())
    return worker


async def end_of(pid: int) -> None:
    """Wait until a process has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(descriptor, ended.set)
    try:
        await asyncio.wait_for(ended.wait(), BOUND)
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


async def code_of(waiting: Awaitable[object]) -> int:
    """The code of the error that is answered; 0 for none."""
    try:
        await waiting
    except ResponseError as error:
        return int(error.code)
    return 0


async def mends(buffer: Buffer) -> bool:
    actions = await buffer.actions(buffer.text.index("lenn"))
    return bool(actions) and buffer.applied(actions[0]["edit"]).endswith(MENDED)


@procfs
async def test_shutdown_leaves_no_process(raw: RawClient) -> None:
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    assert await raw.stop() == 0
    await end_of(worker)


@procfs
async def test_a_killed_server_leaves_no_process_not_even_a_busy_one(raw: RawClient) -> None:
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    Buffer(raw, LONG, uri="untitled:long").send_actions(0)
    raw.process.kill()
    await end_of(worker)


@procfs
async def test_a_client_that_hangs_up_ends_all(raw: RawClient) -> None:
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    assert raw.process.stdin is not None
    raw.process.stdin.close()
    await asyncio.wait_for(raw.process.wait(), BOUND)
    await end_of(worker)


async def test_exit_without_shutdown_is_a_failure(raw: RawClient) -> None:
    await raw.initialize()
    raw.notify("exit", None)
    assert await asyncio.wait_for(raw.process.wait(), BOUND) == 1


@procfs
async def test_a_worker_killed_in_mid_work_is_replaced(raw: RawClient) -> None:
    await raw.initialize()
    short = Buffer(raw, BROKEN)
    assert await mends(short)
    long = Buffer(raw, LONG + BROKEN, uri="untitled:long")
    asked = long.send_actions(long.text.index("lenn"))[1]
    os.kill(worker_of(raw), signal.SIGKILL)
    answer = await asyncio.wait_for(asked, BOUND)
    assert isinstance(answer, list)
    assert await mends(short)
    short.replace(0, 0, "# changed after the death\n")
    assert await mends(short)
    assert not [one for one in raw.notifications if one["method"] == "window/showMessage" and "fail" in str(one)]


@procfs
async def test_a_worker_that_does_not_heed_a_cancellation_is_replaced(raw: RawClient) -> None:
    await raw.initialize()
    buffer = Buffer(raw, BROKEN)
    assert await mends(buffer)
    worker = worker_of(raw)
    os.kill(worker, signal.SIGSTOP)
    buffer.replace(0, 0, "\n")
    number, asked = buffer.send_actions(buffer.text.index("lenn"))
    raw.notify("$/cancelRequest", {"id": number})
    with pytest.raises(ResponseError, match="-32800"):
        await asyncio.wait_for(asked, BOUND)
    await end_of(worker)
    assert await mends(buffer)


@procfs
async def test_a_worker_that_hangs_is_replaced(raw: RawClient) -> None:
    await raw.initialize()
    buffer = Buffer(raw, BROKEN)
    assert await mends(buffer)
    worker = worker_of(raw)
    os.kill(worker, signal.SIGSTOP)
    buffer.replace(0, 0, "\n")
    assert await buffer.actions(buffer.text.index("lenn"), triggerKind=2) == []
    await end_of(worker)
    assert await mends(buffer)


async def test_requests_before_initialize_and_after_shutdown_are_refused(raw: RawClient) -> None:
    early = Buffer(raw, BROKEN)
    with pytest.raises(ResponseError, match="-32002"):
        await early.actions(0)
    await raw.initialize()
    await raw.request("shutdown", None)
    with pytest.raises(ResponseError, match="-32600"):
        await early.actions(0)


async def test_requests_that_make_no_sense_are_answered(raw: RawClient) -> None:
    await raw.initialize()
    for method, params, code in (
        ("textDocument/codeAction", {"textDocument": 3}, -32602),
        ("textDocument/codeAction", [], -32602),
        ("textDocument/hover", {}, -32602),
        ("quickfix-ls/unknown", {}, -32601),
    ):
        assert await code_of(raw.request(method, params)) == code, (method, params)
    raw.notify("textDocument/didChange", {"textDocument": {"uri": "untitled:never-opened"}})
    raw.notify("quickfix-ls/unknown", {})
    assert await mends(Buffer(raw, BROKEN))
    assert not [one for one in raw.notifications if "rror" in str(one["params"]) and "showMessage" in one["method"]]


async def test_marked_up_messages_are_understood(raw: RawClient) -> None:
    await raw.initialize()
    buffer = Buffer(raw, BROKEN)
    start = BROKEN.index("lenn")
    place = {"start": buffer.position(start), "end": buffer.position(start + 4)}
    diagnostic = {"range": place, "message": {"kind": "markdown", "value": "Undefined name `lenn`"}}
    (first, *_) = await buffer.actions(start, diagnostics=[diagnostic])
    assert buffer.applied(first["edit"]) == MENDED


async def test_an_unusual_client_that_never_says_initialized(raw: RawClient) -> None:
    await raw.request("initialize", {"processId": None, "rootPath": "/work", "rootUri": None, "capabilities": {}})
    assert await mends(Buffer(raw, BROKEN))


@pytest.mark.parametrize("times", [2, pytest.param(12, marks=pytest.mark.slow)])
async def test_exit_while_the_worker_starts_is_obeyed(times: int) -> None:
    # A third of these hung for ever once: Python waits for a process that it was told to stop starting.
    for _ in range(times):
        client = await RawClient.start()
        await client.initialize()
        client.notify("exit", None)
        try:
            assert await asyncio.wait_for(client.process.wait(), BOUND) == 1
        finally:
            await client.kill()


@procfs
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("busy", [False, True])
async def test_a_signal_ends_the_server_and_its_worker(raw: RawClient, number: signal.Signals, busy: bool) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:
        pytest.skip(f"{number.name} is ignored here, as under nohup, and children inherit that")
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    if busy:
        Buffer(raw, LONG, uri="untitled:long").send_actions(0)
    raw.process.send_signal(number)
    assert await asyncio.wait_for(raw.process.wait(), BOUND) == -number
    await end_of(worker)


@procfs
async def test_exit_without_shutdown_leaves_no_process(raw: RawClient) -> None:
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    raw.notify("exit", None)
    assert await asyncio.wait_for(raw.process.wait(), BOUND) == 1
    await end_of(worker)


@pytest.mark.parametrize("farewell", ["exit", "hang up"])
async def test_a_client_that_leaves_while_the_worker_starts(raw: RawClient, farewell: str) -> None:
    await raw.initialize()
    if farewell == "exit":
        raw.notify("exit", None)
    else:
        assert raw.process.stdin is not None
        raw.process.stdin.close()
    assert await asyncio.wait_for(raw.process.wait(), BOUND) == 1


@procfs
async def test_after_a_shutdown_nothing_begins_anew(raw: RawClient) -> None:
    await raw.initialize()
    assert await mends(Buffer(raw, BROKEN))
    worker = worker_of(raw)
    await raw.request("shutdown", None)
    await end_of(worker)
    again = {"processId": None, "rootUri": None, "capabilities": {}}
    assert await code_of(raw.request("initialize", again)) == -32600
    assert await code_of(raw.request("shutdown", None)) == -32600
    Buffer(raw, BROKEN, uri="untitled:late")
    raw.notify("exit", None)
    assert await asyncio.wait_for(raw.process.wait(), BOUND) == 0
