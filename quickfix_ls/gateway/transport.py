"""One HTTP client for the process's life, and the events of an answer as they stream in.

HTTP/1.1 on purpose: closing an answer early closes its connection, which every server understands at once. Over HTTP/2
the client library (httpcore 1.0) sends no reset for an abandoned stream, so the model would go on, and be billed.
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

_BYTES_AT_LEAST = 65_536
_BYTES_A_TOKEN = 2_048
"""The most bytes that are read of an answer: a server sends each token as an event of some hundreds."""

_ERROR_BYTES = 4096
_PASSING = frozenset({408, 429, 500, 502, 503, 504, 529})
"""Statuses of what goes away by itself; 529 is Anthropic's word for overloaded."""
_KEPT_WARM_SECONDS = 300.0
_CONNECT_SECONDS = 5.0


def new_client() -> httpx.AsyncClient:
    """A client whose connections stay open for the next question. It sets no bound to how long an answer takes."""
    import httpx

    limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=_KEPT_WARM_SECONDS)
    # What is on this machine is never asked for through a proxy.
    direct = {f"all://{host}": httpx.AsyncHTTPTransport(limits=limits) for host in ("127.0.0.1", "localhost", "[::1]")}
    timeout = httpx.Timeout(None, connect=_CONNECT_SECONDS)
    return httpx.AsyncClient(limits=limits, timeout=timeout, mounts=direct, follow_redirects=False)


class HttpAnswer:
    """A server's answer that has begun to come. Close it; where it isn't complete, that ends its connection."""

    def __init__(self, response: httpx.Response, where: str) -> None:
        self._response, self._where = response, where

    async def events(self) -> AsyncGenerator[Event, None]:
        """The answer's events; one that is no stream but JSON is a single event. Raises ReplyError where it is cut off,
        too long, or neither. Cancellable."""
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
        """Close the connection where the answer isn't complete. Not cancellable."""
        with CancelScope(shield=True):
            await self._response.aclose()


async def send(client: httpx.AsyncClient, request: Request, most_tokens: int) -> HttpAnswer:
    """Send a request; its answer, once the server says that it has one. It ends with an error where it grows longer
    than `most_tokens` can be.

    Raises UnavailableError where the server can't be reached or has no time, RejectedError where it refuses.
    Cancelling closes the connection.
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
        response.stream = _limited(response.stream, _BYTES_AT_LEAST + _BYTES_A_TOKEN * most_tokens, where)
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
    """What messages and the ledger call a server: its host and port."""
    return urlsplit(url).netloc.rpartition("@")[2]


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds of a `Retry-After` header, which has a number or a date; None where it says nothing that is known."""
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return max(0.0, float(value))
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None


async def _refusal(response: httpx.Response, where: str) -> ProviderError:
    """The error that a status which isn't 200 stands for. Cancellable."""
    status = response.status_code
    if status in _PASSING:
        wait = retry_after(response.headers.get("retry-after", ""), datetime.now(timezone.utc))
        return UnavailableError(f"{where} answers {status}: {await _words(response)}. Try again later.", wait)
    if status in (401, 403):
        # Its own words may quote the key.
        return RejectedError(f"{where} refuses the key ({status}). Look at `apiKeyEnv` or `apiKeyCommand`.")
    if 300 <= status < 400:
        return RejectedError(f"{where} redirects ({status}), which is not followed. Set `baseUrl` to the right place.")
    return RejectedError(
        f"{where} refuses the request ({status}): {await _words(response)}. Look at `model`, `baseUrl` and `without`."
    )


async def _words(response: httpx.Response) -> str:
    """The beginning of what an error's body says. Cancellable."""
    import httpx

    body = b""
    try:
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= _ERROR_BYTES:
                break
    except (httpx.HTTPError, ReplyError):
        pass
    said = body[:_ERROR_BYTES].decode("utf-8", "replace")
    try:
        payload: Any = json.loads(said)
        error = payload["error"]
        said = str(error["message"] if isinstance(error, dict) else error)
    except (ValueError, RecursionError, KeyError, TypeError):
        pass
    return shortened(" ".join(said.split())) or "without a word"


def _limited(stream: Any, most: int, where: str) -> httpx.AsyncByteStream:
    """A body that ends with an error once it has more than so many bytes."""
    import httpx

    class Limited(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            taken = 0
            async for chunk in stream:
                taken += len(chunk)
                if taken > most:
                    raise ReplyError(f"{where} sends more than {most} bytes: its answer was cut.")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Limited()
