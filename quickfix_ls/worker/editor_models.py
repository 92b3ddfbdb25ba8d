"""The transport to the editor's language models: requests go to the server's process, which asks the client."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from itertools import count

from anyio import Event as Arrival
from anyio import get_cancelled_exc_class

from quickfix_ls.errors import RejectedError, ReplyError
from quickfix_ls.providers import Event, Request
from quickfix_ls.worker.frames import AskModel, CancelModel, ModelAnswer

_MIN_CHARACTERS = 16_384
_CHARACTERS_PER_TOKEN = 64
"""The limit of an answer's length, a constant and a part per token."""


class EditorModels:
    """The requests to the editor's models in progress; `send` takes the messages to the server."""

    def __init__(self, send: Callable[[AskModel | CancelModel], None]) -> None:
        self._send_frame = send
        self._ids = count(1)
        self._arrivals: dict[int, Arrival] = {}
        self._answers: dict[int, ModelAnswer] = {}

    async def send(self, request: Request, max_tokens: int) -> EditorAnswer:
        """Ask the client and return its answer, which is complete.

        Raises RejectedError if the client refuses or fails, ReplyError if the answer is too long. Cancellation cancels
        the client's request.
        """
        number = next(self._ids)
        arrival = self._arrivals[number] = Arrival()
        self._send_frame(AskModel(number, dict(request.body)))
        try:
            await arrival.wait()
        except get_cancelled_exc_class():
            self._send_frame(CancelModel(number))
            raise
        finally:
            del self._arrivals[number]
        answer = self._answers.pop(number)
        if answer.error:
            raise RejectedError(f"the editor's language model did not answer: {answer.error}")
        if len(str(answer.result.get("text", ""))) > _MIN_CHARACTERS + _CHARACTERS_PER_TOKEN * max_tokens:
            raise ReplyError(
                "the editor's language model sends far more than it was asked for: its answer was dropped."
            )
        return EditorAnswer(answer)

    def take(self, answer: ModelAnswer) -> None:
        """Take the client's answer; one that nobody waits for any more is dropped."""
        if arrival := self._arrivals.get(answer.id):
            self._answers[answer.id] = answer
            arrival.set()

    async def aclose(self) -> None:
        """Do nothing: requests in progress are cancelled with the tasks that wait for them."""


class EditorAnswer:
    """A complete answer of the client."""

    def __init__(self, answer: ModelAnswer) -> None:
        self._answer = answer

    async def events(self) -> AsyncGenerator[Event, None]:
        """Yield the answer as one event."""
        yield Event("message", json.dumps(self._answer.result))

    async def aclose(self) -> None:
        """Do nothing: the answer is complete."""
