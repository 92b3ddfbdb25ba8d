"""A single request and its answer, recorded in the ledger from before it is sent until its stream is closed."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from anyio import CancelScope

from quickfix_ls.errors import ProviderError, RejectedError, ReplyError, UnavailableError, WithheldError
from quickfix_ls.gateway.ledger import CallOutcome, Caps, Ledger
from quickfix_ls.gateway.transport import place_of
from quickfix_ls.gateway.transports import Answer, Transport
from quickfix_ls.providers import Endpoint, Request, format_of
from quickfix_ls.values import Delta, Prompt, Usage

_LOG = logging.getLogger(__name__)
_CHARACTERS_A_TOKEN = 3
"""A low estimate, so that the token count is rather too high if the server reports none."""


@dataclass(frozen=True)
class LedgerLine:
    """The resources that all exchanges with one endpoint use."""

    transport: Transport
    ledger: Ledger
    endpoint: Endpoint


def estimated_tokens(prompt: Prompt) -> int:
    """Estimate the number of tokens of a prompt, rather too high."""
    texts = (prompt.system, prompt.shared, prompt.question, prompt.prediction)
    return -(-sum(map(len, texts)) // _CHARACTERS_A_TOKEN)


async def begin(line: LedgerLine, prompt: Prompt, caps: Caps) -> Exchange:
    """Send a prompt and wait for the first piece of its answer.

    Raises WithheldError if a spend cap would be passed, and the errors of the transport and of the wire format.
    Cancellation closes the connection.
    """
    endpoint = line.endpoint
    request = format_of(endpoint).request(endpoint, prompt)
    limit = Usage(estimated_tokens(prompt), prompt.max_tokens)
    number = line.ledger.begin(place_of(request.url), endpoint.model, limit, caps if endpoint.profile.metered else None)
    exchange = Exchange(line, number, limit.sent)
    try:
        await exchange.open(request, prompt.max_tokens)
    except BaseException as error:
        await exchange.aclose("failed" if isinstance(error, (UnavailableError, RejectedError)) else None)
        raise
    return exchange


class Exchange:
    """An exchange under way. Close it with `aclose`, which records its token usage in the ledger."""

    def __init__(self, line: LedgerLine, number: int, sent: int) -> None:
        self._line, self._number, self._estimated = line, number, sent
        self._answer: Answer | None = None
        self._deltas: AsyncGenerator[Delta, None] | None = None
        self._first = Delta()
        self._usage = Usage()
        self._received = 0
        self._closed = False
        self._outcome: CallOutcome = "closed"

    async def open(self, request: Request, max_tokens: int) -> None:
        """Send the request and wait for the first piece. Even if this fails or is cancelled, close the exchange."""
        self._answer = await self._line.transport.send(request, max_tokens)
        self._deltas = self._read(self._answer)
        self._first = await self._next()

    async def deltas(self) -> AsyncGenerator[Delta, None]:
        """Yield the pieces of the answer. Only the last one has the reason why the answer ended, and the token usage.

        Raises ReplyError if the answer is malformed or cut off, and any error that the server reports in the stream.
        Cancellable; that does not close the connection, `aclose` does.
        """
        ended = ""
        delta: Delta | None = self._first
        try:
            while delta is not None:
                ended = ended or delta.ended
                if delta.text:
                    yield Delta(delta.text)
                delta = await anext(self._deltas, None) if self._deltas is not None else None
            if not ended:
                raise ReplyError("the model's answer was cut off before its end. Ask again.")
        except ProviderError:
            self._outcome = "cut"
            raise
        self._outcome = "complete"
        yield Delta("", ended, self._took())

    async def aclose(self, outcome: CallOutcome | None = None) -> None:
        """Close the connection if the answer isn't complete, and record the outcome in the ledger. Not cancellable."""
        if self._closed:
            return
        self._closed = True
        try:
            with CancelScope(shield=True):
                if self._deltas is not None:
                    await self._deltas.aclose()
                if self._answer is not None:
                    await self._answer.aclose()
        finally:
            self._settle(outcome or self._outcome)

    def _settle(self, outcome: CallOutcome) -> None:
        # A server that failed or refused has used no tokens; one whose answer we closed may have read the whole prompt.
        took = Usage() if outcome == "failed" else self._took()
        try:
            self._line.ledger.end(self._number, took, outcome)
        except WithheldError as error:
            _LOG.warning("an exchange stays in the ledger with the most that it may have taken: %s", error)

    async def _next(self) -> Delta:
        """Return the first piece. Raises ReplyError if there is none. Cancellable."""
        assert self._deltas is not None
        delta = await anext(self._deltas, None)
        if delta is None or delta == Delta(ended=delta.ended):
            raise ReplyError("the model's server ended its answer before it began. Ask again.")
        return delta

    async def _read(self, answer: Answer) -> AsyncGenerator[Delta, None]:
        """Yield the pieces of an answer, parsed by the endpoint's wire format. Cancellable."""
        read = format_of(self._line.endpoint).read
        async with aclosing(answer.events()) as events:
            async for event in events:
                if (delta := read(event)) is None:
                    continue
                self._received += len(delta.text)
                if delta.usage is not None:
                    self._usage = _maximum(self._usage, delta.usage)
                yield delta

    def _took(self) -> Usage:
        """Return the token usage as the server reported it, or else an estimate."""
        received = self._usage.received or -(-self._received // _CHARACTERS_A_TOKEN)
        return Usage(self._usage.sent or self._estimated, received, self._usage.cached)


def _maximum(usage: Usage, other: Usage) -> Usage:
    """Merge two reports of usage: servers report sent and received tokens together or apart, once or cumulatively."""
    return Usage(max(usage.sent, other.sent), max(usage.received, other.received), max(usage.cached, other.cached))
