"""Checkers that can be language servers, kept running: the first answer costs their start, the next ones little."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quickfix_ls.checkers.checker import Checker, Finding, Reported, finding_at
from quickfix_ls.checkers.language_server import LanguageServer
from quickfix_ls.checkers.running import find, reported, run, start
from quickfix_ls.documents.snapshot import Snapshot

logger = logging.getLogger(__name__)

IDLE_SECONDS = 600.0
"""A server that nobody asked for that long is stopped: it takes a few hundred megabytes."""

_ERROR = 1


class Servers:
    """The servers that are running, by checker and Python version. A checker without a server is run once."""

    def __init__(self, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._starting: dict[tuple[str, tuple[int, int]], asyncio.Task[LanguageServer | None]] = {}

    async def run(
        self, checker: Checker, snapshot: Snapshot, target: tuple[int, int], seconds: float, suffix: str = ".py"
    ) -> tuple[Reported, ...] | None:
        """Like `running.run`, but that cancellation leaves the server running. One that does not answer in time is
        stopped, and one that can't answer is none."""
        executable = find(checker.server[0]) if checker.server else None
        if executable is None:
            return await run(checker, snapshot, target, seconds, suffix)
        key, until = (checker.name, target), asyncio.get_running_loop().time() + seconds
        if key not in self._starting:
            command = [executable, *checker.server[1:]]
            self._starting[key] = asyncio.ensure_future(_start(command, target, self._idle_seconds))
        starting = self._starting[key]
        await asyncio.wait({starting}, timeout=seconds)
        left = until - asyncio.get_running_loop().time()
        server = starting.result() if starting.done() else None
        if server is None or server.is_over:
            if starting.done():
                self._starting.pop(key, None)
                return await run(checker, snapshot, target, left, suffix)
            return None
        items = await server.diagnostics(snapshot.text, left, suffix)
        return None if items is None else reported(checker, snapshot, _findings(items))

    async def aclose(self) -> None:
        """Stop all of them."""
        starting = list(self._starting.values())
        self._starting.clear()
        for one in starting:
            one.cancel()
        for server in await asyncio.gather(*starting, return_exceptions=True):
            if isinstance(server, LanguageServer):
                await server.aclose()


async def _start(command: list[str], target: tuple[int, int], idle_seconds: float) -> LanguageServer | None:
    """A server that is ready, in a folder that goes with it; None, and a warning, where it does not come up."""
    holder = tempfile.TemporaryDirectory(prefix="quickfix-ls-", ignore_cleanup_errors=True)
    folder = Path(holder.name).resolve()
    try:
        # The version can't be told in another way. All else is the tool's default.
        (folder / "pyrightconfig.json").write_text(json.dumps({"pythonVersion": f"{target[0]}.{target[1]}"}))
        process = await start(command, folder, asyncio.subprocess.PIPE)
    except OSError as error:
        logger.warning("checker: its server %s can't be started: %s", command[0], error)
        return None
    server = LanguageServer(process, holder, idle_seconds)
    try:
        await server.begin()
    except ConnectionError as error:
        logger.warning("checker: its server %s does not come up: %s", command[0], error)
        await server.aclose()
        return None
    except asyncio.CancelledError:
        await server.aclose()
        raise
    return server


def _findings(items: list[dict[str, Any]]) -> Iterator[Finding]:
    for one in items:
        if one.get("severity") == _ERROR:
            yield finding_at(one["range"], one["message"], str(one.get("code", "")))
