"""What many tests and the benchmarks share: a raw JSON-RPC client, and documents on the editor's side.

The client knows nothing of pygls: it frames JSON by hand over a subprocess's pipes, as an editor does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from tests.kit_texts import Json, apply_text_edits, position_at

REPOSITORY = Path(__file__).resolve().parent.parent
SERVE = [sys.executable, "-m", "quickfix_ls", "serve", "--stdio"]
Held = TypeVar("Held")

BOUND = 60.0
"""Seconds after which a wait is a failure; generous, since machines are slow at times."""


@asynccontextmanager
async def hosted(context: AbstractAsyncContextManager[Held]) -> AsyncIterator[Held]:
    """A context that holds a task group, for fixtures: it is entered and left in a task of its own, since the two
    halves of a fixture run in different tasks, and a task group must be left in the task that entered it."""
    held: asyncio.Future[Held] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def hold() -> None:
        async with context as one:
            held.set_result(one)
            await over.wait()

    holding = asyncio.create_task(hold())
    await asyncio.wait({held, holding}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield held.result() if held.done() else await holding  # type: ignore[misc]  # which raises what went wrong
    finally:
        over.set()
        await holding


class ResponseError(Exception):
    """A JSON-RPC error that was answered to a request."""

    def __init__(self, error: Json) -> None:
        super().__init__(f"{error['code']}: {error['message']}")
        self.code = error["code"]


class RawClient:
    """A language client in the fewest words: requests, notifications, and what the server sent unasked."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.notifications: list[Json] = []
        self.requests: list[str] = []
        """The methods of the server's own requests, in order."""
        self.applied: list[Json] = []
        """The workspace edits that the server asked to apply, in order."""
        self.answers: dict[str, Any] = {"workspace/configuration": [None]}
        """What to answer to the server's own requests, by method; null to all others."""
        self.responders: dict[str, Callable[[Json], Awaitable[Any]]] = {}
        """What works out the answers to the server's own requests, by method; a ResponseError is an error."""
        self.responding: dict[str | int, asyncio.Task[None]] = {}
        """The answers that are being worked out, by the request's id."""
        self.can: Json = {}
        self.opened: list[str] = []
        """The uris of the documents that were opened."""
        self._ids = itertools.count(1)
        self._pending: dict[int, asyncio.Future[Any]] = {}
        self._news = asyncio.Condition()
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def start(
        cls,
        command: Sequence[str] = (),
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        own_group: bool = False,
        keeps_stderr: bool = False,
    ) -> RawClient:
        """Start a server: our own unless a `command` says otherwise. Its `environment` is ours, with our modules in
        Python's path, unless another one is given; in an `own_group` of processes it can be ended with its children.
        What it writes to stderr is thrown away, or kept for who reads it (`keeps_stderr`)."""
        ours = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path[1:]])}
        is_loud = "QUICKFIX_LS_LOUD" in os.environ
        process = await asyncio.create_subprocess_exec(
            *(command or SERVE),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE if keeps_stderr else None if is_loud else asyncio.subprocess.DEVNULL,
            env=ours if environment is None else environment,
            cwd=cwd,
            limit=2**24,
            start_new_session=own_group,
        )
        return cls(process)

    @classmethod
    async def begin(cls, capabilities: Json | None = None, **params: Any) -> RawClient:
        """A client of a new server of ours, initialized; its `can` are the server's capabilities."""
        client = await cls.start()
        client.can = await client.initialize(capabilities, **params)
        return client

    async def initialize(self, capabilities: Json | None = None, **params: Any) -> Json:
        """The server's capabilities; `initialized` is sent as well."""
        answer = await self.request(
            "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
        )
        self.notify("initialized", {})
        return dict(answer["capabilities"])

    async def request(self, method: str, params: Any) -> Any:
        """The result of a request. Raises ResponseError for an error, TimeoutError after `BOUND`."""
        return await asyncio.wait_for(self.send(method, params)[1], BOUND)

    def send(self, method: str, params: Any) -> tuple[int, asyncio.Future[Any]]:
        """Send a request without waiting: its id and the future of its result."""
        number = next(self._ids)
        future = self._pending[number] = asyncio.get_running_loop().create_future()
        self._write({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number, future

    def notify(self, method: str, params: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    async def notification(self, method: str, **having: Any) -> Json:
        """The params of the first notification, past or to come, with that method and those params; it is
        taken out of `notifications`."""

        def find() -> Json | None:
            for message in self.notifications:
                params = message.get("params") or {}
                if message["method"] == method and all(params.get(k) == v for k, v in having.items()):
                    self.notifications.remove(message)
                    return dict(params)
            return None

        async def wait() -> Json:
            async with self._news:
                while (found := find()) is None:
                    await self._news.wait()
                return found

        return await asyncio.wait_for(wait(), BOUND)

    async def asked(self, method: str) -> None:
        """Wait until the server has made a request of its own, past or to come."""

        await self.until(lambda: method in self.requests)

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until what the server has sent makes it so."""

        async def wait() -> None:
            async with self._news:
                await self._news.wait_for(is_so)

        await asyncio.wait_for(wait(), BOUND)

    async def reset(self) -> None:
        """Close the documents, wait until the server has read that, and forget what it sent."""
        for uri in self.opened:
            self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        await self.request("workspace/executeCommand", {"command": "somebody.elses"})
        for kept in (self.opened, self.notifications, self.requests, self.applied):
            kept.clear()

    async def end(self) -> None:
        assert await self.stop() == 0

    async def stop(self) -> int:
        """Shut the server down as the protocol says; its exit status."""
        await self.request("shutdown", None)
        self.notify("exit", None)
        status = await asyncio.wait_for(self.process.wait(), BOUND)
        self._reading.cancel()
        return status

    async def kill(self) -> None:
        """End the server however it is, when a test is over."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        self._reading.cancel()

    def _write(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    async def _read(self) -> None:
        assert self.process.stdout is not None
        try:
            while True:
                head = await self.process.stdout.readuntil(b"\r\n\r\n")
                size = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:"))
                await self._receive(json.loads(await self.process.stdout.readexactly(size)))
        except asyncio.IncompleteReadError:
            for future in self._pending.values():
                if not future.done():
                    future.set_exception(ConnectionError("the server has closed its output"))

    async def _receive(self, message: Json) -> None:
        if "method" not in message:
            future = self._pending.pop(message["id"], None)
            if future is not None and not future.done():
                if "error" in message:
                    future.set_exception(ResponseError(message["error"]))
                else:
                    future.set_result(message["result"])
        elif "id" in message:
            if respond := self.responders.get(message["method"]):
                self.responding[message["id"]] = asyncio.ensure_future(self._respond(message, respond))
            else:
                answer = self.answers.get(message["method"])
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": answer})
            async with self._news:
                self.requests.append(message["method"])
                if message["method"] == "workspace/applyEdit":
                    self.applied.append(message["params"]["edit"])
                self._news.notify_all()
        else:
            if message["method"] == "$/cancelRequest" and (task := self.responding.get(message["params"]["id"])):
                task.cancel()
            async with self._news:
                self.notifications.append(message)
                self._news.notify_all()

    async def _respond(self, message: Json, respond: Callable[[Json], Awaitable[Any]]) -> None:
        """Answer a request of the server with what `respond` returns, also where that is cancelled or fails."""
        answer: Json = {"error": {"code": -32800, "message": "cancelled"}}
        try:
            answer = {"result": await respond(message["params"])}
        except ResponseError as error:
            answer = {"error": {"code": error.code, "message": str(error)}}
        finally:
            del self.responding[message["id"]]
            self._write({"jsonrpc": "2.0", "id": message["id"], **answer})


_fresh = itertools.count(1)


class Buffer:
    """A document as an editor holds it, positions in UTF-16 unless told otherwise; no other has its uri unless it is
    given."""

    def __init__(
        self, client: RawClient, text: str, uri: str = "", version: int | None = 1, language: str = "python"
    ) -> None:
        uri = uri or f"file:///project/a{next(_fresh)}.py"
        self.client, self.text, self.uri, self.version = client, text, uri, version
        client.opened.append(uri)
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": language, "version": version, "text": text}},
        )

    def replace(self, start: int, end: int, new: str) -> None:
        """Change [start, end), in code points, and tell the server."""
        place = {"start": self.position(start), "end": self.position(end)}
        self.text = self.text[:start] + new + self.text[end:]
        self.version = None if self.version is None else self.version + 1
        self.client.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self.uri, "version": self.version},
                "contentChanges": [{"range": place, "text": new}],
            },
        )

    def send_actions(
        self, start: int, end: int | None = None, diagnostics: Sequence[Json] = (), **context: Any
    ) -> tuple[int, asyncio.Future[Any]]:
        """Ask for code actions at a place without waiting: the request's id and the future of its result."""
        place = {"start": self.position(start), "end": self.position(start if end is None else end)}
        context = {"diagnostics": list(diagnostics), **context}
        params = {"textDocument": {"uri": self.uri}, "range": place, "context": context}
        return self.client.send("textDocument/codeAction", params)

    async def actions(
        self, start: int, end: int | None = None, diagnostics: Sequence[Json] = (), **context: Any
    ) -> list[Json]:
        future = self.send_actions(start, end, diagnostics, **context)[1]
        return list(await asyncio.wait_for(future, BOUND) or ())

    def applied(self, edit: Json, encoding: str = "utf-16") -> str:
        """The text after a workspace edit of this document, in either of its two forms."""
        if "changes" in edit:
            edits = edit["changes"][self.uri]
        else:
            (change,) = edit["documentChanges"]
            assert change["textDocument"]["uri"] == self.uri
            edits = change["edits"]
        return apply_text_edits(self.text, edits, encoding)

    def position(self, offset: int) -> Json:
        return position_at(self.text, offset)
