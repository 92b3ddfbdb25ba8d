"""The HTTP client, which lives as long as the process, and the events of an answer as they arrive.

HTTP/1.1 is used on purpose: closing an answer early closes its connection, which every server notices at once. Over
HTTP/2 the client library (httpcore 1.0) sends no reset for an abandoned stream, so the model would go on, at a cost.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from anyio import CancelScope

from quickfix_ls.errors import ProviderError, RejectedError, ReplyError, UnavailableError
from quickfix_ls.providers import Event, Request
from quickfix_ls.providers.payloads import shortened

if TYPE_CHECKING:
    import httpx

_MIN_BYTES = 65_536
_BYTES_PER_TOKEN = 2_048
"""The limit of an answer's size in bytes, a constant and a part per token: servers send each token as an event of a few
hundred bytes."""

_ERROR_BYTES = 4096
_PASSING = frozenset({408, 429, 500, 502, 503, 504, 529})
"""The HTTP statuses of temporary failures; 529 is Anthropic's status for overload."""
_KEPT_WARM_SECONDS = 300.0
_CONNECT_SECONDS = 5.0


def new_client() -> httpx.AsyncClient:
    """Create a client whose connections stay open for the next request, without a time limit for answers."""
    import httpx

    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=_KEPT_WARM_SECONDS)
    # Requests to this machine never go through a proxy.
    direct = {f"all://{host}": httpx.AsyncHTTPTransport(limits=limits) for host in ("127.0.0.1", "localhost", "[::1]")}
    timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
    return httpx.AsyncClient(limits=limits, timeout=timeout, mounts=direct, follow_redirects=False)


class Http:
    """Sends requests to servers; the client is made for the first of them."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def send(self, request: Request, max_tokens: int) -> HttpAnswer:
        """Send a request, see `send`."""
        self._client = self._client or new_client()
        return await send(self._client, request, max_tokens)

    async def aclose(self) -> None:
        """Close all connections. Cancellation may leave some of them open."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


class HttpAnswer:
    """A server's answer whose headers have arrived. Close it with `aclose`."""

    def __init__(self, response: httpx.Response, where: str) -> None:
        self._response, self._where = response, where

    async def events(self) -> AsyncGenerator[Event, None]:
        """Yield the answer's events; an answer in JSON rather than a stream is a single event.

        Raises ReplyError if the answer is cut off, too long, or neither a stream nor JSON. Cancellable.
        """
        import httpx
        from httpx_sse import EventSource, SSEError

        try:
            if self._response.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
                yield Event("message", (await self._response.aread()).decode("utf-8", "replace"))
                return
            async with aclosing(EventSource(self._response).aiter_sse()) as events:
                async for event in events:
                    yield Event(event.event, event.data)
        except SSEError:
            kind = shortened(self._response.headers.get("content-type", "nothing"))
            raise ReplyError(
                f"{self._where} sent {kind} where a stream of events was expected. Is its `baseUrl` right?"
            ) from None
        except httpx.HTTPError as error:
            raise ReplyError(f"{self._where} cut its answer off ({type(error).__name__}). Ask again.") from None

    async def aclose(self) -> None:
        """Close the answer, and its connection if the answer isn't complete. Not cancellable."""
        with CancelScope(shield=True):
            await self._response.aclose()


async def send(client: httpx.AsyncClient, request: Request, max_tokens: int) -> HttpAnswer:
    """Send a request; return its answer when the headers have arrived.

    Reading the answer raises ReplyError if it grows longer than `max_tokens` tokens can be. Raises UnavailableError if
    the server can't be reached or is overloaded, RejectedError if it refuses. Cancellation closes the connection.
    """
    import httpx

    where = place_of(request.url)
    headers = {
        **request.headers,
        "Content-Type": "application/json",
        "Accept": "text/event-stream",
        # A compressed answer could be small on the wire and huge in memory.
        "Accept-Encoding": "identity",
    }
    content = json.dumps(request.body, ensure_ascii=False).encode("utf-8", "replace")
    try:
        response = await client.send(
            client.build_request("POST", request.url, headers=headers, content=content), stream=True
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise UnavailableError(
            f"{where} can't be reached ({type(error).__name__}). Does it run, and is `baseUrl` right?"
        ) from None
    try:
        response.stream = _limited(response.stream, _MIN_BYTES + _BYTES_PER_TOKEN * max_tokens, where)
        if response.status_code != 200:
            raise await _refusal(response, where)
        if response.headers.get("content-encoding", "identity") != "identity":
            raise ReplyError(f"{where} sends a compressed answer, though none was asked for.")
    except BaseException:
        with CancelScope(shield=True):
            await response.aclose()
        raise
    return HttpAnswer(response, where)


def place_of(url: str) -> str:
    """Return a server's name in messages and in the ledger: its host and port."""
    return urlsplit(url).netloc.rpartition("@")[2]


def retry_after(value: str, now: datetime) -> float | None:
    """Parse a `Retry-After` header, a number of seconds or a date; return seconds, None if it is neither."""
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return max(0.0, float(value))
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None


async def _refusal(response: httpx.Response, where: str) -> ProviderError:
    """Return the error for a response with a status other than 200. Cancellable."""
    status = response.status_code
    if status in _PASSING:
        wait = retry_after(response.headers.get("retry-after", ""), datetime.now(timezone.utc))
        return UnavailableError(f"{where} answers {status}: {await _words(response)}. Try again later.", wait)
    if status in (401, 403):
        # The server's message is left out, since it may quote the key.
        return RejectedError(f"{where} refuses the key ({status}). Look at `apiKeyEnv` or `apiKeyCommand`.")
    if 300 <= status < 400:
        return RejectedError(f"{where} redirects ({status}), which is not followed. Set `baseUrl` to the right place.")
    return RejectedError(
        f"{where} refuses the request ({status}): {await _words(response)}. Look at `model`, `baseUrl` and `without`."
    )


async def _words(response: httpx.Response) -> str:
    """Return the shortened message in an error's body. Cancellable."""
    import httpx

    body = b""
    try:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= _ERROR_BYTES:
                break
    except (httpx.HTTPError, ReplyError):
        pass
    message = body[:_ERROR_BYTES].decode("utf-8", "replace")
    try:
        payload: Any = json.loads(message)
        error = payload["error"]
        message = str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    return shortened(" ".join(message.split())) or "without a word"


def _limited(stream: Any, limit: int, where: str) -> httpx.AsyncByteStream:
    """Wrap a response's body so that reading more than `limit` bytes raises ReplyError."""
    import httpx

    class Limited(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for chunk in stream:
                taken += len(chunk)
                if taken > limit:
                    raise ReplyError(f"{where} sends more than {limit} bytes: its answer was cut.")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Limited()
