"""The chat completions format, which most servers use; `profiles` lists their differences."""

from __future__ import annotations

import json
from typing import Any

from quickfix_ls.providers.endpoint import Endpoint, Event, Request
from quickfix_ls.providers.payloads import failed, json_object, number, text
from quickfix_ls.providers.profiles import PROFILES
from quickfix_ls.values import Delta, Prompt, Usage

__all__ = ["PROFILES", "read", "request"]

_END = "[DONE]"


def request(endpoint: Endpoint, prompt: Prompt) -> Request:
    """Build the request; the part that all prompts of a problem share comes first, for servers that cache prefixes."""
    profile = endpoint.profile
    user = _join(prompt.shared, prompt.question)
    messages = [{"role": "system", "content": prompt.system}] if prompt.system else []
    predicted = bool(prompt.prediction) and endpoint.can("prediction") and endpoint.model.startswith(profile.prediction)
    body: dict[str, Any] = {
        **profile.body,
        "model": endpoint.model,
        "messages": [*messages, {"role": "user", "content": user}],
        "stream": True,
        # OpenAI accepts no `max_completion_tokens` together with a prediction.
        "max_tokens" if predicted else profile.output_limit: prompt.max_tokens,
    }
    if endpoint.can("temperature"):
        body["temperature"] = prompt.temperature
    if prompt.stop:
        body["stop"] = list(prompt.stop)
    if profile.usage and endpoint.can("usage"):
        body["stream_options"] = {"include_usage": True}
    if profile.caching and endpoint.can("caching"):
        body[profile.caching] = True
    if predicted:
        body["prediction"] = {"type": "content", "content": prompt.prediction}
    # OpenAI's predictions can't be combined with schemas for every model; the prediction saves more time.
    elif prompt.reply_schema and profile.schema and endpoint.can("schema"):
        wanted: dict[str, Any] = {"name": "reply", "schema": json.loads(prompt.reply_schema)}
        if profile.schema == "strict":
            wanted["strict"] = True
        body["response_format"] = {"type": "json_schema", "json_schema": wanted}
    return Request(f"{endpoint.base_url}/chat/completions", endpoint.headers(), body)


def read(event: Event) -> Delta | None:
    """Parse an event. The usage is in an event of its own, after the one with the reason why the answer ended.

    Some servers do not stream, and send the whole answer as a single message.
    """
    if event.data.strip() == _END:
        return Delta(ended="stop")
    payload = json_object(event.data)
    if error := payload.get("error"):
        raise failed(error)
    choices = payload.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    delta = choice.get("delta") or choice.get("message")
    piece = text(delta.get("content")) if isinstance(delta, dict) else ""
    delta_read = Delta(piece, text(choice.get("finish_reason")), _usage(payload.get("usage")))
    return None if delta_read == Delta() else delta_read


def _usage(counted: object) -> Usage | None:
    if not isinstance(counted, dict):
        return None
    details = counted.get("prompt_tokens_details")
    cached = number(details.get("cached_tokens")) if isinstance(details, dict) else 0
    return Usage(number(counted.get("prompt_tokens")), number(counted.get("completion_tokens")), cached)


def _join(*texts: str) -> str:
    return "\n\n".join(filter(None, texts))
