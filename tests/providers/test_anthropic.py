"""Anthropic's Messages format: what is sent, and what is read."""

from __future__ import annotations

import json

import pytest

from quickfix_ls.errors import RejectedError, ReplyError, UnavailableError
from quickfix_ls.providers import Endpoint, Event, all_profiles
from quickfix_ls.providers.anthropic import read, request
from quickfix_ls.values import Delta, Prompt, Usage

SCHEMA = {"type": "object"}


def endpoint(*without: str) -> Endpoint:
    profile = all_profiles()["anthropic"]
    return Endpoint("anthropic", profile, "https://models.example/v1", "m", "sk-secret", frozenset(without))


def test_what_is_shared_is_marked_for_the_cache() -> None:
    sent = request(endpoint(), Prompt("system", "shared", "question", 50, 0.2, stop=("END", "\n")))
    assert sent.url == "https://models.example/v1/messages"
    assert sent.headers == {"anthropic-version": "2023-06-01", "x-api-key": "sk-secret"}
    assert "sk-secret" not in repr(sent)
    mark = {"type": "ephemeral"}
    assert sent.body == {
        "model": "m",
        "max_tokens": 50,
        "messages": [
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "shared", "cache_control": mark},
                    {"type": "text", "text": "question"},
                ],
            }
        ],
        "system": [{"type": "text", "text": "system"}],
        "stream": True,
        "temperature": 0.2,
        "stop_sequences": ["END"],
    }


def test_without_a_shared_part_the_system_is_marked() -> None:
    sent = request(endpoint(), Prompt("system", "", "question", 50)).body
    assert sent["system"][0]["cache_control"] == {"type": "ephemeral"}
    assert sent["messages"][0]["content"] == [{"type": "text", "text": "question"}]
    assert "system" not in request(endpoint(), Prompt("", "", "question", 50)).body


def test_a_schema_and_what_a_model_lacks() -> None:
    prompt = Prompt("s", "x", "q", 50, reply_schema=json.dumps(SCHEMA))
    assert request(endpoint(), prompt).body["output_config"] == {"format": {"type": "json_schema", "schema": SCHEMA}}
    sent = request(endpoint("schema", "temperature", "caching"), prompt).body
    assert {"output_config", "temperature"}.isdisjoint(sent)
    assert "cache_control" not in json.dumps(sent)


@pytest.mark.parametrize(
    ("data", "delta"),
    [
        (
            '{"type": "message_start", "message": {"usage": {"input_tokens": 3, "cache_read_input_tokens": 20, '
            '"cache_creation_input_tokens": 4, "output_tokens": 1}}}',
            Delta(usage=Usage(27, 0, 20)),
        ),
        ('{"type": "ping"}', None),
        ('{"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}', None),
        ('{"type": "content_block_delta", "delta": {"type": "text_delta", "text": "x = 1"}}', Delta("x = 1")),
        ('{"type": "content_block_delta", "delta": {"type": "thinking_delta", "thinking": "hm"}}', None),
        ('{"type": "content_block_delta", "delta": 7}', None),
        (
            '{"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 5}}',
            Delta(ended="stop", usage=Usage(received=5)),
        ),
        ('{"type": "message_delta", "delta": {"stop_reason": "max_tokens"}}', Delta(ended="length")),
        ('{"type": "message_delta", "delta": {"stop_reason": "refusal"}}', Delta(ended="refusal")),
        ('{"type": "message_start", "message": []}', None),
        ('{"type": "message_stop"}', None),
        ("{}", None),
    ],
)
def test_reading(data: str, delta: Delta | None) -> None:
    assert read(Event("x", data)) == delta


def test_errors_in_the_stream() -> None:
    with pytest.raises(UnavailableError, match="overloaded_error Overloaded"):
        read(Event("error", '{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}'))
    with pytest.raises(RejectedError, match="no such model"):
        read(Event("error", '{"type": "error", "error": {"type": "not_found_error", "message": "no such model"}}'))
    with pytest.raises(ReplyError, match="no JSON object"):
        read(Event("message", "[DONE]"))
