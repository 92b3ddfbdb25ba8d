"""jedi as the source of types, in a process of its own."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import AsyncGenerator, Sequence

from quickfix_ls.languages.python.types.inquiries import Facts, TypeQuestion, question_line, read_facts
from quickfix_ls.languages.python.types.resident import IDLE_SECONDS, LIMIT_SECONDS, Resident

_MAX_LINE_BYTES = 1 << 24
# Isolated, so that modules of the current folder or an environment cannot shadow ours; without `site`, so that start-up
# hooks of installed packages do not run.
_CODE = (
    "import sys; sys.path[:] = sys.argv[1:]; from quickfix_ls.languages.python.types.jedi_process import main; main()"
)
COMMAND = (sys.executable, "-I", "-S", "-c", _CODE, *filter(None, sys.path))


def is_installed() -> bool:
    """Return whether jedi is installed."""
    return importlib.util.find_spec("jedi") is not None


def jedi_service(
    seconds: float = LIMIT_SECONDS, idle_seconds: float = IDLE_SECONDS, command: Sequence[str] = COMMAND
) -> Resident:
    """Return the service that asks jedi; its process is started by the first question."""

    async def start(_: TypeQuestion) -> _JediConversation:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_MAX_LINE_BYTES,
            start_new_session=True,
        )
        return _JediConversation(process)

    return Resident(start, seconds, idle_seconds)


class _JediConversation:
    """A process that answers questions about any project, a line for each inquiry."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    def suits(self, question: TypeQuestion) -> bool:
        return True

    async def answers(self, question: TypeQuestion, until: float) -> AsyncGenerator[Facts | None, None]:
        """Yield the answers as they arrive. Cancellation leaves the process with a question that it may still
        answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(question_line(question))
        await self.process.stdin.drain()
        for _ in question.inquiries:
            yield read_facts(await self.process.stdout.readline())

    def close(self) -> None:
        """Nothing but the process belongs to the conversation."""
