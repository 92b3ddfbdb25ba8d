"""One server in one workspace: rows go in, what it offers for them comes out, whatever happens to the server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.peers.actions import Document, request
from benchmarks.peers.places import is_on, places_of
from benchmarks.peers.rows import PeerRow
from benchmarks.peers.servers import Server, environment
from quickfix_ls.training.behaviour import behaviour_of
from quickfix_ls.training.rows import Behaviour, Row
from tests.kit import Buffer, RawClient, ResponseError

Json = dict[str, Any]

MOST_OFFERS = 3
_START_SECONDS = 600.0
"""Some index every installed package before they answer `initialize`."""
_FIRST_SECONDS = 60.0
_CAPABILITIES: Json = {
    "workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}, "executeCommand": {}},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "dataSupport": True,
            "isPreferredSupport": True,
            "resolveSupport": {"properties": ["edit", "command"]},
        },
        "diagnostic": {"relatedDocumentSupport": False},
        "publishDiagnostics": {"codeDescriptionSupport": True, "dataSupport": True, "versionSupport": True},
    },
}
_WARM_UP = PeerRow("", "", Row("", "name", "print(json.dumps(1))\n", "import json\nprint(json.dumps(1))\n", "", 1, 1))
_TIMEOUTS = (TimeoutError, asyncio.TimeoutError)
_FAILURES = (ConnectionError, *_TIMEOUTS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server made of a row: whether it diagnosed something on the line of the error, the titles of its quick
    fixes that change code (`MOST_OFFERS` at most), the place of the right one among them (None: none is), the
    milliseconds to the first edit (None: there was no answer), and what the first makes of a program with tests (None
    where the row has none)."""

    is_diagnosed: bool = False
    titles: tuple[str, ...] = ()
    rank: int | None = None
    ms: float | None = None
    behaviour: Behaviour | None = None


@dataclass(slots=True)
class Troubles:
    """What went wrong with a server: how often it had to be started again, how often that was since it did not answer
    in time, how many files it reported nothing at all about in its time, and how many answers were errors, or edits
    that can't be applied."""

    restarts: int = 0
    timeouts: int = 0
    silent: int = 0
    errors: int = 0


@dataclass(slots=True)
class Session:
    """A running server, started again whenever it fails."""

    server: Server
    folder: Path
    troubles: Troubles = field(default_factory=Troubles)
    _opened: int = 0
    _client: RawClient = field(init=False)
    _pulls: bool = False
    _resolves: bool = False

    @classmethod
    async def start(cls, server: Server, folder: Path) -> Session:
        """Start the server in an empty folder, with its first answer, the slowest, behind it."""
        session = cls(server, folder)
        await session._begin()
        return session

    async def answer(self, row: PeerRow) -> Answer:
        """Never raises for what the server does."""
        try:
            return await self._answer(row, self.server.patience)
        except _FAILURES as error:
            self.troubles.restarts += 1
            self.troubles.timeouts += isinstance(error, _TIMEOUTS)
            await self.stop()
            await self._begin()
            return Answer(behaviour=behaviour_of(row.row, None))

    async def stop(self) -> None:
        """End the server and whatever it has started."""
        # Some are scripts that start the real one, which holds our pipes.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._client.process.pid, signal.SIGKILL)
        await self._client.process.wait()
        await self._client.kill()

    async def _begin(self) -> None:
        started = environment(self.folder, self.server)
        self._client = await RawClient.start(self.server.command, self.folder, started, own_group=True)
        self._client.answers["workspace/applyEdit"] = {"applied": True}
        root = self.folder.as_uri()
        folders = [{"uri": root, "name": "rows"}]
        options = dict(self.server.options)
        asked = {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": _CAPABILITIES}
        starting = self._client.send("initialize", {**asked, "initializationOptions": options})[1]
        able = (await asyncio.wait_for(starting, _START_SECONDS))["capabilities"]
        self._client.notify("initialized", {})
        actions = able.get("codeActionProvider")
        self._pulls = bool(able.get("diagnosticProvider"))
        self._resolves = isinstance(actions, dict) and bool(actions.get("resolveProvider"))
        before = replace(self.troubles)
        with contextlib.suppress(*_FAILURES):
            await self._answer(_WARM_UP, _FIRST_SECONDS)
        self.troubles = before

    async def _answer(self, row: PeerRow, patience: float) -> Answer:
        self._opened += 1
        self._client.notifications.clear()
        # A name of its own for each, since servers remember; one file at a time, since they offer what others define.
        path = self.folder / f"row_{self._opened}.py"
        path.write_text(row.row.broken, encoding="utf-8", newline="")
        buffer = Buffer(self._client, row.row.broken, path.as_uri())
        try:
            diagnostics = await self._diagnostics(buffer, patience)
            return await self._asked(row, buffer, diagnostics)
        finally:
            self._client.notify("textDocument/didClose", {"textDocument": {"uri": buffer.uri}})
            path.unlink()

    async def _diagnostics(self, buffer: Buffer, patience: float) -> list[Json]:
        """What the server reports when it is asked, where it can be, and else the first that it publishes; none where
        it stays silent. Raises ConnectionError where it ends, TimeoutError where it does not answer."""
        if self._pulls:
            with contextlib.suppress(ResponseError):
                document = {"textDocument": {"uri": buffer.uri}}
                return list((await request(self._client, "textDocument/diagnostic", document)).get("items", ()))
        waiting = self._client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        published, ended = asyncio.ensure_future(waiting), asyncio.ensure_future(self._client.process.wait())
        done, pending = await asyncio.wait({published, ended}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        for one in pending:
            one.cancel()
        if published in done:
            return list(published.result()["diagnostics"])
        if ended in done:
            raise ConnectionError(f"{self.server.name} has ended")
        self.troubles.silent += 1
        return []

    async def _asked(self, row: PeerRow, buffer: Buffer, diagnostics: list[Json]) -> Answer:
        document = Document(self._client, buffer.uri, row.row.broken, resolves=self._resolves)
        found: list[tuple[str, str]] = []
        began, ms = time.perf_counter(), 0.0
        async with aclosing(document.fixes(places_of(row.row, diagnostics))) as fixes:
            async for fix in fixes:
                ms = ms or (time.perf_counter() - began) * 1000
                found.append(fix)
                if len(found) == MOST_OFFERS:
                    break
        self.troubles.errors += document.errors
        ms = ms or (time.perf_counter() - began) * 1000
        rank = next((rank for rank, (_, text) in enumerate(found) if row.is_mended_by(text)), None)
        is_diagnosed = any(is_on(one, row.row.line - 1) for one in diagnostics)
        behaviour = behaviour_of(row.row, found[0][1] if found else None)
        return Answer(is_diagnosed, tuple(title for title, _ in found), rank, ms, behaviour)
