"""How a request gets to a model: the gateway knows no more of it than these two protocols.

`transport.Http` sends requests to servers. Models of an editor are reached through the process that serves the editor,
which gives the gateway a transport of its own.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from quickfix_ls.providers import Event, Request


class Answer(Protocol):
    """An answer that has begun. Close it with `aclose`."""

    def events(self) -> AsyncGenerator[Event, None]:
        """Yield the answer's events. Raises ReplyError if it is cut off or too long. Cancellable."""

    async def aclose(self) -> None:
        """Close the answer; the model stops if it is not complete. Not cancellable."""


class Transport(Protocol):
    """Sends requests; it lives as long as the gateway."""

    async def send(self, request: Request, max_tokens: int) -> Answer:
        """Send a request and return its answer when it has begun.

        Raises UnavailableError if the model can't be reached, RejectedError if it refuses. Cancellation stops it.
        """

    async def aclose(self) -> None:
        """Close all connections."""
