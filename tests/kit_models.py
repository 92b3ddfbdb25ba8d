"""A models' server for tests: a real HTTP server on a free port of this machine, which speaks both wire formats and
does what its script says, faults included. It counts connections and bytes, so that a test can see what a client left
open.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import chain, repeat

from tests.kit import BOUND
from tests.kit_wire import Received, WatchfulReader, end_of, framed, piece_of, read_request

PIECES = ("print", "(", "'a'", ")")


class Talk:
    """One request's connection, for a script: what was asked, and the means to answer."""

    def __init__(
        self, server: ModelServer, received: Received, writer: asyncio.StreamWriter, gone: asyncio.Event
    ) -> None:
        self.server, self.received, self.gone = server, received, gone
        self._writer = writer
        self._chunked = False

    async def head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        """The status line and headers; the body follows in chunks."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}", "Transfer-Encoding: chunked"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self._chunked = True
        await self.raw("\r\n".join([*lines, "", ""]).encode())

    async def send(self, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        if data:
            await self.raw(b"%x\r\n%s\r\n" % (len(data), data))

    async def piece(self, text: str) -> None:
        await self.send("".join(map(framed, piece_of(self.received.path, text))))

    async def finish(self, reason: str = "stop") -> None:
        await self.send("".join(map(framed, end_of(self.received.path, reason))))

    async def end(self) -> None:
        if self._chunked:
            await self.raw(b"0\r\n\r\n")

    async def raw(self, data: bytes) -> None:
        """Bytes as they are. Raises ConnectionError where the client is gone."""
        if self.gone.is_set():
            raise ConnectionResetError
        self._writer.write(data)
        await self._writer.drain()
        self.server.bytes_sent += len(data)
        self.server.last_byte = time.perf_counter()

    def cut(self) -> None:
        """Break the connection off."""
        self._writer.transport.abort()


Script = Callable[[Talk], Awaitable[None]]


class ModelServer:
    """Answers each request with the next script; the last one goes on for ever."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self.received: list[Received] = []
        self.open = 0
        """Requests that are being answered."""
        self.most_open = 0
        self.connections = 0
        """Connections that were ever made."""
        self.bytes_sent = 0
        self.last_byte = 0.0
        self._scripts = chain(scripts, repeat(scripts[-1]))
        self._news = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self.url = ""

    @property
    def provider(self) -> dict[str, str]:
        """The setting that has this server asked: without a key, and of a metered kind, so that caps count."""
        return {"kind": "openai", "baseUrl": self.url, "model": "scripted-1", "apiKeyEnv": ""}

    def answer_with(self, *scripts: Script) -> None:
        """Forget what has come, and answer with other scripts from now on; the last one is repeated."""
        self._scripts = chain(scripts, repeat(scripts[-1]))
        self.received, self.most_open, self.bytes_sent = [], self.open, 0

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until what has come or gone makes it so."""
        async with self._news:
            await asyncio.wait_for(self._news.wait_for(is_so), BOUND)

    def protocol(self) -> asyncio.StreamReaderProtocol:
        """What serves one connection."""
        return asyncio.StreamReaderProtocol(
            reader := WatchfulReader(), lambda _, writer: self._connected(reader, writer)
        )

    async def stop(self) -> None:
        """Break off what is left, and wait until every script has ended."""
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.wait_for(asyncio.gather(*self._tasks), BOUND)

    async def _connected(self, reader: WatchfulReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._writers.add(writer)
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                received = await read_request(reader)
                await self._count(1, received)
                try:
                    await next(self._scripts)(talk := Talk(self, received, writer, reader.gone))
                    await talk.end()
                finally:
                    await self._count(-1)
        self._writers.discard(writer)
        writer.close()

    async def _count(self, more: int, received: Received | None = None) -> None:
        async with self._news:
            self.open += more
            self.most_open = max(self.open, self.most_open)
            self.received += [received] if received else []
            self._news.notify_all()


@asynccontextmanager
async def model_server(*scripts: Script) -> AsyncIterator[ModelServer]:
    """A running server; without scripts it gives good replies. The last script is repeated."""
    scripts = scripts or (says(),)
    models = ModelServer(scripts)
    server = await asyncio.get_running_loop().create_server(models.protocol, "127.0.0.1", 0)
    models.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield models
    finally:
        server.close()
        await models.stop()


# -- scripts -------------------------------------------------------------------------------------------------


def says(*pieces: str, after: float = 0.0, reason: str = "stop") -> Script:
    """A good reply, its first byte after some seconds."""

    async def script(talk: Talk) -> None:
        if after:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(talk.gone.wait(), after)
        await talk.head()
        for piece in pieces or PIECES:
            await talk.piece(piece)
        await talk.finish(reason)

    return script


def answers(reply: Callable[[str], str]) -> Script:
    """A good reply that depends on the question."""

    async def script(talk: Talk) -> None:
        await says(reply(talk.received.question))(talk)

    return script


def fails(status: int, body: str = '{"error": {"message": "busy"}}', **headers: str) -> Script:
    async def script(talk: Talk) -> None:
        await talk.head(status, "application/json", **headers)
        await talk.send(body)

    return script


def sends(*texts: str | bytes, kind: str = "text/event-stream") -> Script:
    """Any body at all."""

    async def script(talk: Talk) -> None:
        await talk.head(kind=kind)
        for text in texts:
            await talk.send(text)

    return script


def waits_for(event: asyncio.Event, reply: Script) -> Script:
    """A reply that begins when a test says so."""

    async def script(talk: Talk) -> None:
        gone = asyncio.ensure_future(talk.gone.wait())
        go_on = asyncio.ensure_future(event.wait())
        await asyncio.wait({gone, go_on}, return_when=asyncio.FIRST_COMPLETED)
        for one in (gone, go_on):
            one.cancel()
        await reply(talk)

    return script


async def is_silent(talk: Talk) -> None:
    """Never sends a byte."""
    await talk.gone.wait()


async def stalls(talk: Talk) -> None:
    """Begins a good reply, and then says no more."""
    await talk.head()
    await talk.piece("pri")
    await talk.gone.wait()


async def cuts(talk: Talk) -> None:
    """Breaks off in the midst of a reply."""
    await talk.head()
    await talk.piece("pri")
    talk.cut()


async def hangs_up(talk: Talk) -> None:
    """Breaks off before a reply."""
    talk.cut()


async def is_endless(talk: Talk) -> None:
    """Sends small pieces for as long as the client takes them."""
    await talk.head()
    while True:
        await talk.piece("x")
        await asyncio.sleep(0.001)


async def is_huge(talk: Talk) -> None:
    """Sends a line of 10 MB, in pieces that say nothing."""
    await talk.head()
    await talk.send("data: {")
    for _ in range(160):
        await talk.send(b"y" * 65_536)


@contextmanager
def serving(*scripts: Script) -> Iterator[tuple[ModelServer, str]]:
    """A scripted models' server in a thread of its own, since a command has its own loop; and the setting for it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    context = model_server(*scripts)
    models = asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result()
    try:
        yield models, json.dumps(models.provider)
    finally:
        asyncio.run_coroutine_threadsafe(context.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
