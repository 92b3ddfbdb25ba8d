"""The wire format of Anthropic's Messages API."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from quickfix_ls.providers.endpoint import Endpoint, Event, Profile, Request
from quickfix_ls.providers.payloads import failed, json_object, number, text
from quickfix_ls.values import Delta, Prompt, Usage

__all__ = ["PROFILES", "read", "request"]

PROFILES = {
    "anthropic": Profile(
        base_url="https://api.anthropic.com/v1",
        key_env="ANTHROPIC_API_KEY",
        key_header="x-api-key",
        schema="output_config",
        caching="cache_control",
        headers={"anthropic-version": "2023-06-01"},
        metered=True,
    )
}

_ENDS = {"end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length"}
"""The reasons why an answer ended, translated to those of the chat completions format."""


def request(endpoint: Endpoint, prompt: Prompt) -> Request:
    """Build the request; the end of the part that all prompts of a problem share is marked for the server's cache."""
    profile = endpoint.profile
    shared: list[dict[str, Any]] = [{"type": "text", "text": prompt.shared}] if prompt.shared else []
    system: list[dict[str, Any]] = [{"type": "text", "text": prompt.system}] if prompt.system else []
    if profile.caching and endpoint.can("caching") and (shared or system):
        (shared or system)[-1][profile.caching] = {"type": "ephemeral"}
    body: dict[str, Any] = {
        **profile.body,
        "model": endpoint.model,
        "max_tokens": prompt.max_tokens,
        "messages": [{"role": "user", "content": [*shared, {"type": "text", "text": prompt.question}]}],
        "stream": True,
    }
    if system:
        body["system"] = system
    if endpoint.can("temperature"):
        body["temperature"] = prompt.temperature
    # The server refuses a stop sequence of nothing but white space.
    if stops := [stop for stop in prompt.stop if stop.strip()]:
        body["stop_sequences"] = stops
    if prompt.reply_schema and profile.schema and endpoint.can("schema"):
        body[profile.schema] = {"format": {"type": "json_schema", "schema": json.loads(prompt.reply_schema)}}
    return Request(f"{endpoint.base_url}/messages", endpoint.headers(), body)


def read(event: Event) -> Delta | None:
    """Parse an event. The first event counts the tokens sent, the last but one those received."""
    payload = json_object(event.data)
    kind = payload.get("type")
    if kind == "error":
        raise failed(payload.get("error"))
    if kind == "content_block_delta":
        delta = payload.get("delta")
        piece = text(delta.get("text")) if isinstance(delta, dict) else ""
        return Delta(piece) if piece else None
    if kind == "message":
        return _whole(payload)
    if kind == "message_start":
        message = payload.get("message")
        usage = message.get("usage") if isinstance(message, dict) else None
        return Delta(usage=_sent(usage)) if isinstance(usage, dict) else None
    if kind == "message_delta":
        delta, usage = payload.get("delta"), payload.get("usage")
        reason = text(delta.get("stop_reason")) if isinstance(delta, dict) else ""
        received = Usage(received=number(usage.get("output_tokens"))) if isinstance(usage, dict) else None
        return Delta("", _ENDS.get(reason, reason), received)
    return None


def _whole(message: dict[str, Any]) -> Delta:
    """Return the answer of a server that does not stream, as a single piece."""
    content, usage, reason = message.get("content"), message.get("usage"), text(message.get("stop_reason"))
    blocks = content if isinstance(content, list) else []
    answer = "".join(text(block.get("text")) for block in blocks if isinstance(block, dict))
    counts = usage if isinstance(usage, dict) else {}
    total_usage = replace(_sent(counts), received=number(counts.get("output_tokens")))
    return Delta(answer, _ENDS.get(reason, reason) or "stop", total_usage)


def _sent(usage: dict[str, Any]) -> Usage:
    """Add up all tokens sent; the server counts those read from or written to its cache separately."""
    read_again = number(usage.get("cache_read_input_tokens"))
    written = number(usage.get("cache_creation_input_tokens"))
    return Usage(sent=number(usage.get("input_tokens")) + read_again + written, cached=read_again)
