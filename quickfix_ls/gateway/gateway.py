"""Send a prompt to a model and stream the answer back.

The steps: check that the file may be sent -> redact secrets -> look into the cache -> join an equal request under way
-> check the circuit breaker -> wait for a slot -> retry failures, hedge slow requests -> check caps, write the ledger
-> HTTP. The pieces of the answer take the same way back; secrets are restored in them.
"""

from __future__ import annotations

import asyncio
import copy
import os
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, get_cancelled_exc_class

from quickfix_ls.errors import ProviderError, RejectedError, UnavailableError, UsageError, WithheldError
from quickfix_ls.gateway.breaker import Breaker
from quickfix_ls.gateway.cache import Cache, key_of
from quickfix_ls.gateway.connection import Connection
from quickfix_ls.gateway.exchange import Exchange, LedgerLine, begin
from quickfix_ls.gateway.ledger import Caps, Ledger, ledger_file
from quickfix_ls.gateway.never_send import refusal_of
from quickfix_ls.gateway.redaction import redacted, secrets_of
from quickfix_ls.gateway.retry import hedged, retried
from quickfix_ls.gateway.single_flight import SingleFlight
from quickfix_ls.gateway.transport import Http
from quickfix_ls.gateway.transports import Transport
from quickfix_ls.providers import Endpoint, Request, all_profiles, format_of
from quickfix_ls.settings import ProviderSettings, Settings
from quickfix_ls.values import Delta, Prompt

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

_TIMERS_APART_SECONDS = 0.05
"""The tolerance for the caller's own timer, which may fire a little earlier than ours."""


def gateway_for(
    settings: Settings, tasks: TaskGroup, ledger: Path | None = None, editor: Transport | None = None
) -> Gateway | None:
    """Create the gateway to the provider that the settings name; return None if they name none. Nothing is opened yet.

    Work that requests share, such as an answer for which several callers wait, runs in the task group `tasks`; close
    the gateway before the group ends, or cancel the group. `ledger` is the path of the ledger if it is not in the
    user's state folder; `editor` is the transport to the editor's models, if it has any. Raises UsageError for an
    unknown kind of provider, without a model or an address, or for the editor's models if the editor offers none.
    """
    if settings.provider is None:
        return None
    return Gateway(settings, settings.provider, tasks, ledger or ledger_file(), editor)


class Gateway:
    """A gateway to one model, meant to live as long as the process; close it with `aclose`.

    The state that belongs to the model (connections, requests under way, cache) is shared by all files; a copy made by
    `under` holds the settings of one file.
    """

    def __init__(
        self,
        settings: Settings,
        provider: ProviderSettings,
        tasks: TaskGroup,
        ledger: Path,
        editor: Transport | None = None,
    ) -> None:
        self.endpoint = endpoint_for(provider)
        """The server and model to which prompts are sent, without the API key."""
        self._settings, self._hedge_seconds = settings, provider.hedge_seconds
        self._ledger = Ledger(ledger)
        transport = _transport_to(self.endpoint, editor)
        self._connection = Connection(tasks, provider, self.endpoint, self._ledger, transport)
        self._breaker = Breaker(provider.kind)
        self._flights = SingleFlight(tasks)
        self._cache = Cache()
        self._slots = CapacityLimiter(provider.concurrency)

    @property
    def model(self) -> str:
        """The model's name, for tooltips and reports."""
        return self.endpoint.model

    def under(self, settings: Settings) -> Gateway:
        """Return a copy for files with other settings, which shares all state; the provider must be the same.

        Closing either closes both.
        """
        other = copy.copy(self)
        other._settings = settings
        return other

    async def stream(self, prompt: Prompt, seconds: float, path: str = "") -> AsyncGenerator[Delta, None]:
        """Yield the model's answer as it arrives: pieces of text, then a piece with the end's reason and the usage.

        `path` is the absolute path of the file that the prompt is about, empty if there is none. Close the iterator
        (`aclosing`): when it is closed, or cancelled, the HTTP stream is closed, too, unless another caller waits for
        the same answer. Raises only subclasses of ProviderError: DeadlineError after `seconds`.
        """
        until = time.monotonic() + seconds
        self._check(path)
        clean = redacted(prompt, self._settings.redact)
        key = key_of(self.endpoint, format_of(self.endpoint).request(self.endpoint, clean.prompt))
        restorer = clean.restorer()
        if (known := self._cache.get(key)) is not None:
            yield Delta(restorer.take(known.text) + restorer.rest())
            yield Delta("", known.ended)
            return
        async with aclosing(self._flights.follow(key, lambda: self._answer(key, clean.prompt, until), until)) as deltas:
            async for delta in deltas:
                text = restorer.take(delta.text) + (restorer.rest() if delta.ended else "")
                if text and delta.ended:
                    yield Delta(text)
                    yield replace(delta, text="")
                elif text or delta.ended:
                    yield replace(delta, text=text)

    def refusal(self, path: str) -> str:
        """Return the reason, a sentence, why a file is never sent; an empty string if it may be sent."""
        settings = self._settings
        return refusal_of(path, settings.never_send, git_ignored_too=settings.send_git_ignored)

    def preview(self, prompt: Prompt, path: str = "") -> Request:
        """Return exactly the request that `stream` would send, without the key; nothing is sent.

        Raises WithheldError if the file must not be sent.
        """
        self._check(path)
        return format_of(self.endpoint).request(self.endpoint, redacted(prompt, self._settings.redact).prompt)

    async def warm(self) -> None:
        """Load what is slow on first use: libraries, the API key, an embedded server. Nothing is sent.

        Raises a ProviderError if the key or the server is missing. Cancellation ends only the wait.
        """
        await asyncio.to_thread(secrets_of, "warm = 1")
        async with self._connection.line():
            pass

    async def aclose(self) -> None:
        """Close all streams and connections, and stop the embedded server. Cancellation may leave connections open."""
        await self._flights.aclose()
        await self._connection.aclose()
        self._ledger.close()

    def _check(self, path: str) -> None:
        if reason := self.refusal(path):
            raise WithheldError(f"{path} was not sent: {reason}")

    async def _answer(self, key: str, prompt: Prompt, until: float) -> AsyncGenerator[Delta, None]:
        """Send a redacted prompt and yield the answer. Closing the iterator, or cancellation, closes the connection."""
        async with self._slots, self._connection.line() as line:
            try:
                exchange = await self._begun(line, prompt, until)
                try:
                    async with aclosing(exchange.deltas()) as deltas:
                        async for delta in self._remembered(key, deltas):
                            yield delta
                finally:
                    await exchange.aclose()
            except ProviderError as error:
                # A server's error message may quote the request's headers.
                raise _without(error, line.endpoint.key) from None

    async def _begun(self, line: LedgerLine, prompt: Prompt, until: float) -> Exchange:
        """Return an exchange whose answer has begun; failures are reported to the breaker.

        Cancellation closes the exchanges under way.
        """
        began, caps = self._breaker.check(), Caps(self._settings.daily_tokens, self._settings.monthly_tokens)
        try:
            exchange = await hedged(lambda: retried(lambda: begin(line, prompt, caps), until), self._hedge_seconds)
        except UnavailableError:
            self._breaker.failed(began)
            raise
        except get_cancelled_exc_class():
            # No answer until the deadline counts as a failure; an earlier cancellation says nothing about the server.
            if time.monotonic() >= until - _TIMERS_APART_SECONDS:
                self._breaker.failed(began)
            raise
        except RejectedError:
            self._connection.forget_key()
            raise
        self._breaker.succeeded()
        return exchange

    async def _remembered(self, key: str, deltas: AsyncIterator[Delta]) -> AsyncIterator[Delta]:
        """Yield the same pieces, and put the complete answer into the cache. Cancellable."""
        pieces = []
        async for delta in deltas:
            pieces.append(delta.text)
            if delta.ended:
                self._cache.put(key, "".join(pieces), delta.ended)
            yield delta


def _transport_to(endpoint: Endpoint, editor: Transport | None) -> Transport:
    """Return the transport to an endpoint. Raises UsageError if it is the editor, and that offers no models."""
    if endpoint.profile.transport == "http":
        return Http()
    if editor is None:
        raise UsageError(
            f"the provider `{endpoint.kind}` asks the editor for its language models: it works only in an editor whose "
            "extension offers them."
        )
    return editor


def endpoint_for(provider: ProviderSettings) -> Endpoint:
    """Return the endpoint for the settings, without the key. Raises UsageError for an unknown kind of provider, or
    without a model or an address."""
    kinds = all_profiles()
    profile = kinds.get(provider.kind)
    if profile is None:
        raise UsageError(f"there is no kind of provider `{provider.kind}`; the kinds are {', '.join(sorted(kinds))}.")
    base_url, model = (provider.base_url or profile.base_url).rstrip("/"), provider.model or profile.model
    if provider.kind == "embedded":
        base_url, model = "", provider.model or os.path.splitext(os.path.basename(provider.model_path))[0]
    elif not base_url:
        raise UsageError(f"the provider `{provider.kind}` needs a `baseUrl`: the address of your server.")
    if not model:
        needed = "modelPath" if provider.kind == "embedded" else "model"
        raise UsageError(f"the provider `{provider.kind}` needs a `{needed}`.")
    return Endpoint(provider.kind, profile, base_url, model, without=frozenset(provider.without))


def _without(error: ProviderError, key: str) -> ProviderError:
    if key and key in str(error):
        error.args = (str(error).replace(key, "(the key)"),)
    return error
