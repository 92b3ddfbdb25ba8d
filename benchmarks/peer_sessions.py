"""One server in one workspace: rows go in, what it offers for them comes out, whatever happens to the server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peer_rows import PeerRow
from benchmarks.peer_servers import Server, environment
from quickfix_ls.documents.positions import to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.training.behaviour import behaviour_of
from quickfix_ls.training.exactness import tokens_of
from quickfix_ls.training.rows import Behaviour, Row
from quickfix_ls.values import Edit, Span, apply_edits
from tests.kit import Buffer, RawClient, ResponseError

Json = dict[str, Any]

MOST_OFFERS = 3
_ANSWER_SECONDS = 10.0
_FIRST_SECONDS = 60.0
_CAPABILITIES: Json = {
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "dataSupport": True,
            "isPreferredSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "publishDiagnostics": {"versionSupport": True},
    },
}
_WARM_UP = PeerRow("", "", Row("", "name", "print(json.dumps(1))\n", "import json\nprint(json.dumps(1))\n", "", 1, 1))
_FAILURES = (ConnectionError, TimeoutError, asyncio.TimeoutError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server made of a row: whether it diagnosed something on the line of the error, how many quick fixes it
    offered that change code (`MOST_OFFERS` at most), the place of the right one among them (None: none is), the
    milliseconds to the first edit (None: there was no answer), and what the first makes of a program with tests (None
    where the row has none)."""

    is_diagnosed: bool = False
    offers: int = 0
    rank: int | None = None
    ms: float | None = None
    behaviour: Behaviour | None = None


class Session:
    """A running server, started again whenever it fails."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.restarts = 0
        self._server = server
        self._folder = folder
        self._opened = 0

    @classmethod
    async def start(cls, server: Server, folder: Path) -> Session:
        """Start the server in an empty folder, with its first answer, the slowest, behind it."""
        session = cls(server, folder)
        await session._begin()
        return session

    async def answer(self, row: PeerRow) -> Answer:
        """Never raises for what the server does."""
        try:
            return await self._answer(row, self._server.patience)
        except _FAILURES:
            self.restarts += 1
            await self.stop()
            await self._begin()
            return Answer(behaviour=behaviour_of(row.row, None))
        except ResponseError:
            return Answer(behaviour=behaviour_of(row.row, None))

    async def stop(self) -> None:
        """End the server and whatever it has started."""
        # Some are scripts that start the real one, which holds our pipes.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._client.process.pid, signal.SIGKILL)
        await self._client.kill()

    async def _begin(self) -> None:
        started = environment(self._folder, self._server)
        self._client = await RawClient.start(self._server.command, self._folder, started, own_group=True)
        root = self._folder.as_uri()
        folders = [{"uri": root, "name": "rows"}]
        options = dict(self._server.options)
        await self._client.initialize(
            _CAPABILITIES, rootUri=root, workspaceFolders=folders, initializationOptions=options
        )
        with contextlib.suppress(*_FAILURES, ResponseError):
            await self._answer(_WARM_UP, _FIRST_SECONDS)

    async def _answer(self, row: PeerRow, patience: float) -> Answer:
        self._opened += 1
        # A name of its own for each, since servers remember; one file at a time, since they offer what others define.
        path = self._folder / f"row_{self._opened}.py"
        path.write_text(row.row.broken, encoding="utf-8", newline="")
        buffer = Buffer(self._client, row.row.broken, path.as_uri())
        try:
            return await self._asked(row, buffer, await self._diagnostics(buffer, patience))
        finally:
            self._client.notify("textDocument/didClose", {"textDocument": {"uri": buffer.uri}})
            path.unlink()

    async def _diagnostics(self, buffer: Buffer, patience: float) -> list[Json]:
        """The first that the server publishes; none where it stays silent. Raises ConnectionError where it ends."""
        waiting = self._client.notification("textDocument/publishDiagnostics", uri=buffer.uri)
        published, ended = asyncio.ensure_future(waiting), asyncio.ensure_future(self._client.process.wait())
        done, pending = await asyncio.wait({published, ended}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
        for one in pending:
            one.cancel()
        if published in done:
            return list(published.result()["diagnostics"])
        if ended in done:
            raise ConnectionError(f"{self._server.name} has ended")
        return []

    async def _asked(self, row: PeerRow, buffer: Buffer, diagnostics: Sequence[Json]) -> Answer:
        near, place = _asked_about(row, buffer, diagnostics)
        context = {"diagnostics": near, "triggerKind": 1}
        asked = {"textDocument": {"uri": buffer.uri}, "range": place, "context": context}
        snapshot, texts, times = Snapshot.of(row.row.broken), [], []
        began = time.perf_counter()
        for action in await self._request("textDocument/codeAction", asked) or []:
            text = await self._mended(action, buffer.uri, snapshot)
            if text is not None:
                times.append((time.perf_counter() - began) * 1000)
                texts.append(text)
            if len(texts) == MOST_OFFERS:
                break
        times.append((time.perf_counter() - began) * 1000)
        rank = next((rank for rank, text in enumerate(texts) if row.is_mended_by(text)), None)
        is_diagnosed = any(_is_on(one, row.row.line - 1) for one in diagnostics)
        behaviour = behaviour_of(row.row, texts[0] if texts else None)
        return Answer(is_diagnosed, len(texts), rank, times[0], behaviour)

    async def _mended(self, action: Json, uri: str, snapshot: Snapshot) -> str | None:
        """The text after a quick fix; None for other actions, and for those that change no code of the file."""
        if not str(action.get("kind", "quickfix")).startswith("quickfix") or isinstance(action.get("command"), str):
            return None
        if "edit" not in action and "data" in action:
            action = await self._request("codeAction/resolve", action)
        edits = _edits(action.get("edit") or {}, uri, snapshot)
        if not edits:
            return None
        text = apply_edits(snapshot.text, edits)
        return None if _only_comments(snapshot.text, text) else text

    async def _request(self, method: str, params: Any) -> Any:
        return await asyncio.wait_for(self._client.send(method, params)[1], _ANSWER_SECONDS)


def _asked_about(row: PeerRow, buffer: Buffer, diagnostics: Sequence[Json]) -> tuple[list[Json], Json]:
    """The diagnostics and the range to ask about: the line of the error with what is reported on it; where only other
    lines are reported, the nearest of those, as somebody would who sees the mark."""
    line = row.row.line - 1
    here = [one for one in diagnostics if _is_on(one, line)]
    if diagnostics and not here:
        nearest = min(diagnostics, key=lambda one: abs(one["range"]["start"]["line"] - line))
        return [nearest], nearest["range"]
    span = Snapshot.of(row.row.broken).line_span(line)
    return here, {"start": buffer.position(span.start), "end": buffer.position(span.end)}


def _is_on(diagnostic: Json, line: int) -> bool:
    return bool(diagnostic["range"]["start"]["line"] <= line <= diagnostic["range"]["end"]["line"])


def _edits(edit: Json, uri: str, snapshot: Snapshot) -> list[Edit]:
    """The edits of one document, in either form of a workspace edit."""
    found = list((edit.get("changes") or {}).get(uri, ()))
    for change in edit.get("documentChanges") or ():
        if change.get("textDocument", {}).get("uri") == uri:
            found += change["edits"]
    return [Edit(Span(_offset(snapshot, one["range"]["start"]), _offset(snapshot, one["range"]["end"])), one["newText"])
            for one in found]  # fmt: skip


def _offset(snapshot: Snapshot, position: Json) -> int:
    return to_offset(snapshot, position["line"], position["character"], "utf-16")


def _only_comments(before: str, after: str) -> bool:
    """Whether two texts are the same but for comments. Broken texts have no tokens to compare: there a line that only
    grew by a comment counts."""
    ours, theirs = tokens_of(before), tokens_of(after)
    if ours is not None or theirs is not None:
        return ours == theirs
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    changed = [(old, new) for old, new in pairs if old != new]
    return len(before.splitlines()) == len(after.splitlines()) and all(
        new.startswith(old.rstrip()) and new[len(old.rstrip()) :].lstrip().startswith("#") for old, new in changed
    )
