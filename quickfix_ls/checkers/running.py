"""Run a checker on a source text: on a copy in a temporary folder, with a time limit.

The folder holds nothing else, so that the tool finds no configuration, no plugin and no code of the project; it can't
resolve imports of the project's modules. The tool is the one on the user's PATH.
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
    """Return the errors that a checker finds in a text for a Python version.

    Returns None, and logs the reason, if the tool is not on PATH, did not end within `seconds` or printed no report.
    Cancellation and the time limit kill the tool and all processes that it started; it has ended on return.
    """
    executable = find(checker.command[0])
    if executable is None:
        logger.info("checker %s: it is not on PATH", checker.name)
        return None
    with tempfile.TemporaryDirectory(prefix="quickfix-ls-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, f"{_COPY}{suffix}")
        copy.write_bytes(snapshot.text.encode("utf-8", "replace"))
        arguments = [argument.format(major=target[0], minor=target[1]) for argument in checker.command[1:]]
        output = await _output(checker.name, [executable, *arguments, str(copy)], folder, seconds)
    if output is None:
        return None
    return reported(checker, snapshot, checker.read(output))


def find(program: str) -> str | None:
    """Return the path of a program in a folder that PATH names by an absolute path; None if there is none.

    The current folder is never searched.
    """
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(folder)]
    found = shutil.which(program, path=os.pathsep.join(folders)) if folders else None
    # On Windows the current folder is searched first, whatever PATH says.
    return found if found is not None and os.path.isabs(found) else None


async def _output(name: str, command: list[str], folder: str, seconds: float) -> str | None:
    """Return a tool's output; None, with a line in the log, if it has none in time. Cancellation kills the tool."""
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
    """Start a tool in a folder, in a process group of its own that `kill` ends. Raises OSError if it can't be started.

    Not cancellable: otherwise a process might be started of which the caller does not know.
    """
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
    """Return our environment without the variables that would let a tool find code outside of the copy."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MYPYPATH"))}


def kill(process: asyncio.subprocess.Process) -> None:
    """Kill the tool and, where the system has process groups, all processes that it started."""
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
    """Convert the findings' ranges to offsets of the text; return None, with a line in the log, if they are invalid."""
    try:
        return tuple(_placed(checker, snapshot, finding) for finding in findings)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        logger.warning("checker %s: its report can't be read: %s: %s", checker.name, type(error).__name__, error)
        return None


def _placed(checker: Checker, snapshot: Snapshot, finding: ToolDiagnostic) -> Reported:
    start = to_offset(snapshot, *finding.start, checker.encoding)
    end = to_offset(snapshot, *finding.end, checker.encoding)
    return Reported(finding.message, Span(start, max(start, end)), checker.name, finding.code)
