"""The way of a prompt to a model and of the answer back.

File allowed? -> secrets out -> known already? -> asked right now? -> circuit closed? -> a free slot -> again where it
fails, twice where it is slow -> caps and ledger -> HTTP. The answer's pieces go the same way back, secrets put in.
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
from quickfix_ls.providers import Endpoint, Request, all_profiles, format_of
from quickfix_ls.settings import ProviderSettings, Settings
from quickfix_ls.values import Delta, Prompt

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

_TIMERS_APART_SECONDS = 0.05
"""Who waits has a timer of their own, which may go off a little earlier than ours."""


def gateway_for(settings: Settings, tasks: TaskGroup, ledger: Path | None = None) -> Gateway | None:
    """The gateway to the provider that the settings name; None where they name none. Nothing is opened yet.

    What requests share, such as an answer that several wait for, runs in the task group `tasks`; close the gateway
    before the group ends, or end the group by cancellation. `ledger` is where the ledger lies, if not in the user's
    state folder. Raises UsageError for settings that can't work: a kind that is not known, no model, no place.
    """
    return None if settings.provider is None else Gateway(settings, settings.provider, tasks, ledger or ledger_file())


class Gateway:
    """One way to one model for as long as the process lives: close it when it is no longer needed.

    What belongs to the model (connections, what is under way, what is known) is one for all files; what the settings
    of a file say of it is in a view of its own, see `under`.
    """

    def __init__(self, settings: Settings, provider: ProviderSettings, tasks: TaskGroup, ledger: Path) -> None:
        self.endpoint = _endpoint(provider)
        """Where prompts go, without the key."""
        self._settings, self._hedge_seconds = settings, provider.hedge_seconds
        self._ledger = Ledger(ledger)
        self._connection = Connection(tasks, provider, self.endpoint, self._ledger)
        self._breaker = Breaker(provider.kind)
        self._flights = SingleFlight(tasks)
        self._cache = Cache()
        self._slots = CapacityLimiter(provider.concurrency)

    @property
    def model(self) -> str:
        """The model's name, for tooltips and reports."""
        return self.endpoint.model

    def under(self, settings: Settings) -> Gateway:
        """The same gateway for files with other settings, but for the provider, which must be the same. Closing either
        closes both."""
        other = copy.copy(self)
        other._settings = settings
        return other

    async def stream(self, prompt: Prompt, seconds: float, path: str = "") -> AsyncGenerator[Delta, None]:
        """The model's answer as it comes: pieces of text, then one piece that says why it ended and what it took.
        `path` is the absolute path of the file that the prompt is about, empty where there is none.

        Close the iterator (`aclosing`): when it is closed, or cancelled, the HTTP stream is closed too, unless someone
        else waits for the same answer. Raises a ProviderError, and no other, for whatever goes wrong: DeadlineError
        after `seconds`.
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
        """Why a file is never sent, in a sentence; empty where it may be."""
        settings = self._settings
        return refusal_of(path, settings.never_send, git_ignored_too=settings.send_git_ignored)

    def preview(self, prompt: Prompt, path: str = "") -> Request:
        """Exactly what `stream` would send, but for the key; nothing is sent. Raises WithheldError as it does."""
        self._check(path)
        return format_of(self.endpoint).request(self.endpoint, redacted(prompt, self._settings.redact).prompt)

    async def warm(self) -> None:
        """Pay for what is slow at first: the libraries, the key, an embedded server. Nothing is sent. Raises a
        ProviderError where the key or the server is missing. Cancellation ends the waiting alone."""
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
        """The answer to a prompt without secrets, from the wire. Closing or cancelling it closes the connection."""
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
                # A server may quote what it was sent.
                raise _without(error, line.endpoint.key) from None

    async def _begun(self, line: LedgerLine, prompt: Prompt, until: float) -> Exchange:
        """An exchange whose answer has begun. Cancellation closes what was begun, and passes on."""
        began, caps = self._breaker.check(), Caps(self._settings.daily_tokens, self._settings.monthly_tokens)
        try:
            exchange = await hedged(lambda: retried(lambda: begin(line, prompt, caps), until), self._hedge_seconds)
        except UnavailableError:
            self._breaker.failed(began)
            raise
        except get_cancelled_exc_class():
            # Silence to the end of the time; who leaves before that says nothing of the server.
            if time.monotonic() >= until - _TIMERS_APART_SECONDS:
                self._breaker.failed(began)
            raise
        except RejectedError:
            self._connection.forget_key()
            raise
        self._breaker.succeeded()
        return exchange

    async def _remembered(self, key: str, deltas: AsyncIterator[Delta]) -> AsyncIterator[Delta]:
        """The same pieces; when all have come, the answer is known. Cancellable."""
        pieces = []
        async for delta in deltas:
            pieces.append(delta.text)
            if delta.ended:
                self._cache.put(key, "".join(pieces), delta.ended)
            yield delta


def _endpoint(provider: ProviderSettings) -> Endpoint:
    """The endpoint that the settings mean, without the key. Raises UsageError where they can't mean any."""
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
