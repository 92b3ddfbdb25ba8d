"""The two wire formats as a server writes them, and requests as it reads them: for `kit_models`."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NamedTuple

Json = dict[str, Any]
USAGE = (11, 4)
"""Tokens sent and received, as every good reply counts them."""


class Received(NamedTuple):
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: Json

    @property
    def question(self) -> str:
        content = self.body["messages"][-1]["content"]
        return content if isinstance(content, str) else "".join(part["text"] for part in content)


def piece_of(path: str, text: str) -> list[Json]:
    if path.endswith("/messages"):
        return [{"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}]
    return [{"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}]


def end_of(path: str, reason: str) -> list[Json | str]:
    sent, received = USAGE
    if path.endswith("/messages"):
        why = {"stop": "end_turn", "length": "max_tokens"}[reason]
        start = {"type": "message_start", "message": {"usage": {"input_tokens": sent, "output_tokens": 1}}}
        return [start, {"type": "message_delta", "delta": {"stop_reason": why}, "usage": {"output_tokens": received}}]
    usage = {"prompt_tokens": sent, "completion_tokens": received}
    return [
        {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]},
        {"choices": [], "usage": usage},
        "[DONE]",
    ]


def framed(payload: Json | str) -> str:
    name = f"event: {payload['type']}\n" if isinstance(payload, dict) and "type" in payload else ""
    return f"{name}data: {payload if isinstance(payload, str) else json.dumps(payload)}\n\n"


async def read_request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in head[1:] if line)
    headers = {name.lower(): value for name, value in headers.items()}
    body = await reader.readexactly(int(headers["content-length"]))
    return Received(head[0].split()[1], headers, json.loads(body))


class WatchfulReader(asyncio.StreamReader):
    """A reader that tells when the client has hung up, also while nobody reads."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = asyncio.Event()

    def feed_eof(self) -> None:
        super().feed_eof()
        self.gone.set()

    def set_exception(self, exc: BaseException) -> None:
        super().set_exception(exc)
        self.gone.set()
