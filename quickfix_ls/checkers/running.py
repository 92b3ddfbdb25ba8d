"""Run a checker on a text: on a copy in a folder of its own, with a time limit.

The copy lies beside nothing of the user's, so that the tool finds no configuration, no plugin and no code of the
project's; what the text imports from there is unknown to it. The tool itself is the one that the user's PATH has.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from anyio import CancelScope, move_on_after

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.documents.positions import to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.tasks import uncancelled
from quickfix_ls.values import Reported, Span

logger = logging.getLogger(__name__)

_COPY = "shadow"


async def run(
    checker: Checker, snapshot: Snapshot, target: tuple[int, int], seconds: float, suffix: str = ".py"
) -> tuple[Reported, ...] | None:
    """The errors that a checker finds in a text for a Python version; None where it can't say: it is not there, did
    not end in time or printed no report. The log tells why. Cancellation, like the end of its time, kills the tool
    with all that it started; when this returns, it has ended.
    """
    executable = find(checker.command[0])
    if executable is None:
        logger.info("checker %s: it is not on PATH", checker.name)
        return None
    with tempfile.TemporaryDirectory(prefix="quickfix-ls-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, f"{_COPY}{suffix}")
        copy.write_bytes(snapshot.text.encode("utf-8", "replace"))
        arguments = [one.format(major=target[0], minor=target[1]) for one in checker.command[1:]]
        output = await _output(checker.name, [executable, *arguments, str(copy)], folder, seconds)
    if output is None:
        return None
    return reported(checker, snapshot, checker.read(output))


def find(program: str) -> str | None:
    """Where a program lies: in a folder that PATH names in full, never in the present one."""
    folders = [one for one in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(one)]
    found = shutil.which(program, path=os.pathsep.join(folders)) if folders else None
    # On Windows the present folder is looked at first, whatever PATH says.
    return found if found is not None and os.path.isabs(found) else None


async def _output(name: str, command: list[str], folder: str, seconds: float) -> str | None:
    """What a tool prints; None, and a line in the log, where it prints nothing in time. Cancellation kills it."""
    try:
        process = await start(command, folder, asyncio.subprocess.DEVNULL)
    except OSError as error:
        logger.warning("checker %s: it can't be started: %s", name, error)
        return None
    try:
        printed: bytes | None = None
        with move_on_after(seconds):
            printed, _ = await process.communicate()
        if printed is None:
            logger.warning("checker %s: it did not end within %.1f s", name, seconds)
            return None
        output = printed.decode("utf-8", "replace")
        if process.returncode and not output.strip():
            logger.warning("checker %s: it ended with code %d and no report", name, process.returncode)
            return None
        return output
    finally:
        kill(process)
        with CancelScope(shield=True):
            await process.wait()


async def start(command: Sequence[str], folder: str | Path, stdin: int) -> asyncio.subprocess.Process:
    """Start a tool in a folder, as a group of its own that `kill` ends. Raises OSError where it can't be started. Not
    cancellable: nobody would know of a process that was half started."""
    starting = asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    )
    return await uncancelled(starting)


def _environment() -> dict[str, str]:
    """Ours, without what would let a tool find code that it should not see, or take it for Python's own."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MYPYPATH"))}


def kill(process: asyncio.subprocess.Process) -> None:
    """End the tool and what it started, which is a group of its own where the system has such."""
    if process.returncode is not None:
        return
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except ProcessLookupError:
        return


def reported(checker: Checker, snapshot: Snapshot, findings: Iterator[ToolDiagnostic]) -> tuple[Reported, ...] | None:
    """The findings with their places as offsets of the text; None, and a line in the log, where they can't be read."""
    try:
        return tuple(_placed(checker, snapshot, one) for one in findings)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        logger.warning("checker %s: its report can't be read: %s: %s", checker.name, type(error).__name__, error)
        return None


def _placed(checker: Checker, snapshot: Snapshot, finding: ToolDiagnostic) -> Reported:
    start = to_offset(snapshot, *finding.start, checker.encoding)
    end = to_offset(snapshot, *finding.end, checker.encoding)
    return Reported(finding.message, Span(start, max(start, end)), checker.name, finding.code)
