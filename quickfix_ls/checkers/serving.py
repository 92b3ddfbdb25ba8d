"""Keep the language servers of checkers running: only the first request waits for the start."""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyio import CancelScope, current_time, move_on_after

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic, tool_diagnostic_at
from quickfix_ls.checkers.language_server import LanguageServer
from quickfix_ls.checkers.running import find, reported, run, start
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Reported

if TYPE_CHECKING:
    from anyio import TaskHandle
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

IDLE_SECONDS = 600.0
"""A server without requests for this long is stopped, since it takes a few hundred megabytes of memory."""

_ERROR = 1


class Servers:
    """The running servers, by checker and Python version.

    A checker without a language server is run as a process for each request. Servers are started, and read from, in
    tasks of the group `tasks`.
    """

    def __init__(self, tasks: TaskGroup, idle_seconds: float = IDLE_SECONDS) -> None:
        self._tasks = tasks
        self._idle_seconds = idle_seconds
        self._starting: dict[tuple[str, tuple[int, int]], TaskHandle[LanguageServer | None]] = {}

    async def run(
        self, checker: Checker, snapshot: Snapshot, target: tuple[int, int], seconds: float, suffix: str = ".py"
    ) -> tuple[Reported, ...] | None:
        """Return the errors in a text, as `running.run` does, by the checker's language server if it has one.

        A server that does not answer in time is stopped; if a server can't be started or has ended, the checker is run
        as a process instead. Cancellation leaves the server running.
        """
        executable = find(checker.server[0]) if checker.server else None
        if executable is None:
            return await run(checker, snapshot, target, seconds, suffix)
        key, until = (checker.name, target), current_time() + seconds
        if key not in self._starting:
            command = [executable, *checker.server[1:]]
            self._starting[key] = self._tasks.start_soon(_start, self._tasks, command, target, self._idle_seconds)
        starting = self._starting[key]
        with move_on_after(seconds):
            await starting.wait()
        left = until - current_time()
        if starting.status is not starting.Status.FINISHED:
            return None
        server = starting.return_value
        if server is None or server.is_over:
            self._starting.pop(key, None)
            return await run(checker, snapshot, target, left, suffix)
        items = await server.diagnostics(snapshot.text, left, suffix)
        return None if items is None else reported(checker, snapshot, _findings(items))

    async def aclose(self) -> None:
        """Stop all servers. Not cancellable."""
        all_starting = list(self._starting.values())
        self._starting.clear()
        with CancelScope(shield=True):
            for starting in all_starting:
                starting.cancel()
                await starting.wait()
                if starting.status is starting.Status.FINISHED and starting.return_value is not None:
                    await starting.return_value.aclose()


async def _start(
    tasks: TaskGroup, command: list[str], target: tuple[int, int], idle_seconds: float
) -> LanguageServer | None:
    """Start a server in a temporary folder and initialize it; return None, with a line in the log, if that fails.

    Cancellation stops the server.
    """
    holder = tempfile.TemporaryDirectory(prefix="quickfix-ls-", ignore_cleanup_errors=True)
    folder = Path(holder.name).resolve()
    try:
        # There is no other way to set the version. All other settings are the tool's defaults.
        (folder / "pyrightconfig.json").write_text(json.dumps({"pythonVersion": f"{target[0]}.{target[1]}"}))
        process = await start(command, folder, asyncio.subprocess.PIPE)
    except OSError as error:
        logger.warning("checker: its server %s can't be started: %s", command[0], error)
        return None
    server = LanguageServer(tasks, process, holder, idle_seconds)
    is_ready = False
    try:
        await server.begin()
        is_ready = True
    except ConnectionError as error:
        logger.warning("checker: its server %s does not come up: %s", command[0], error)
    except Exception:
        logger.exception("checker: its server %s can't be used", command[0])
    finally:
        if not is_ready:
            await server.aclose()
    return server if is_ready else None


def _findings(items: list[dict[str, Any]]) -> Iterator[ToolDiagnostic]:
    for item in items:
        if item.get("severity") == _ERROR:
            yield tool_diagnostic_at(item["range"], item["message"], str(item.get("code", "")))
