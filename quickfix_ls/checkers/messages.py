"""The messages of the language server protocol on a stream: JSON behind a header with its length."""

from __future__ import annotations

import asyncio
import json
from typing import Any


def encoded(message: dict[str, Any]) -> bytes:
    """Return the bytes of a message, with its header."""
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


async def read_message(stream: asyncio.StreamReader) -> dict[str, Any] | None:
    """Return the next message; None at the end of the stream. Raises ValueError, or an EOFError in the midst of a
    message. Cancellation loses the message."""
    length = 0
    while line := (await stream.readline()).strip():
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    if not length:
        return None
    message: dict[str, Any] = json.loads(await stream.readexactly(length))
    return message


def reply_to(message: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to a request of a server: no setting has a value, and nothing else is known either."""
    asked = (message.get("params") or {}).get("items", ())
    result = [None for _ in asked] if message["method"] == "workspace/configuration" else None
    return {"id": message["id"], "result": result}
