"""The chat completions format: what is sent, by kind of server, and what is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quickfix_ls.errors import RejectedError, ReplyError, UnavailableError
from quickfix_ls.providers import Endpoint, Event, all_profiles
from quickfix_ls.providers.openai import read, request
from quickfix_ls.values import Delta, Prompt, Usage

SCHEMA = {"type": "object", "properties": {"lines": {"type": "string"}}}
PROMPT = Prompt("system", "shared", "question", 50, 0.2, stop=("END",))


def endpoint(kind: str = "openai", model: str = "m", *without: str) -> Endpoint:
    return Endpoint(kind, all_profiles()[kind], "https://models.example/v1", model, "sk-secret", frozenset(without))


def body(prompt: Prompt = PROMPT, kind: str = "openai", model: str = "m", *without: str) -> dict[str, Any]:
    return dict(request(endpoint(kind, model, *without), prompt).body)


def test_what_is_shared_stands_first() -> None:
    sent = request(endpoint(), PROMPT)
    assert sent.url == "https://models.example/v1/chat/completions"
    assert sent.headers == {"Authorization": "Bearer sk-secret"}
    assert sent.body == {
        "model": "m",
        "messages": [{"role": "system", "content": "system"}, {"role": "user", "content": "shared\n\nquestion"}],
        "stream": True,
        "max_completion_tokens": 50,
        "temperature": 0.2,
        "stop": ["END"],
        "stream_options": {"include_usage": True},
    }


def test_nothing_is_sent_for_empty_parts() -> None:
    sent = body(Prompt("", "", "question", 5))
    assert sent["messages"] == [{"role": "user", "content": "question"}]
    assert "stop" not in sent


def test_the_key_is_in_no_repr() -> None:
    assert "sk-secret" not in repr(endpoint())
    assert "sk-secret" not in repr(request(endpoint(), PROMPT))
    assert "Authorization" not in request(Endpoint("ollama", all_profiles()["ollama"], "u", "m"), PROMPT).headers


@pytest.mark.parametrize(
    ("kind", "header", "limit", "usage", "extra"),
    [
        ("openai", "Authorization", "max_completion_tokens", True, {}),
        ("azure", "api-key", "max_completion_tokens", True, {}),
        ("databricks", "Authorization", "max_tokens", False, {}),
        ("openrouter", "Authorization", "max_tokens", True, {}),
        ("vllm", "Authorization", "max_tokens", True, {}),
        ("ollama", "Authorization", "max_tokens", True, {}),
        ("lmstudio", "Authorization", "max_tokens", True, {}),
        ("llamacpp", "Authorization", "max_tokens", True, {"cache_prompt": True}),
        ("embedded", "Authorization", "max_tokens", True, {"cache_prompt": True}),
    ],
)
def test_how_servers_differ(kind: str, header: str, limit: str, usage: bool, extra: dict[str, Any]) -> None:
    sent = request(endpoint(kind), PROMPT)
    assert sent.headers[header].removeprefix("Bearer ") == "sk-secret"
    assert sent.body[limit] == 50
    assert ("stream_options" in sent.body) == usage
    assert {key: sent.body.get(key) for key in extra} == extra
    assert ("cache_prompt" in sent.body) == bool(extra)


@pytest.mark.parametrize(
    ("kind", "strict"), [("openai", True), ("databricks", True), ("vllm", None), ("embedded", None)]
)
def test_a_schema_for_the_answer(kind: str, strict: bool | None) -> None:
    prompt = Prompt("s", "", "q", 5, reply_schema=json.dumps(SCHEMA))
    wanted = body(prompt, kind)["response_format"]
    assert wanted["type"] == "json_schema"
    assert wanted["json_schema"]["schema"] == SCHEMA
    assert wanted["json_schema"].get("strict") == strict
    assert "response_format" not in body(prompt, kind, "m", "schema")
    assert "response_format" not in body(PROMPT, kind)


@pytest.mark.parametrize(
    ("kind", "model", "takes"),
    [
        ("openai", "gpt-4.1-mini", True),
        ("azure", "gpt-4o-2024-11-20", True),
        ("openai", "o3", False),
        ("vllm", "gpt-4o", False),
        ("ollama", "gpt-4o", False),
    ],
)
def test_a_prediction_goes_to_models_that_take_one(kind: str, model: str, takes: bool) -> None:
    sent = body(Prompt("s", "", "q", 5, prediction="x = 1\n"), kind, model)
    assert ("prediction" in sent) == takes
    if takes:
        assert sent["prediction"] == {"type": "content", "content": "x = 1\n"}
        assert sent["max_tokens"] == 5
        assert "max_completion_tokens" not in sent
        assert "prediction" not in body(Prompt("s", "", "q", 5, prediction="x"), kind, model, "prediction")


def test_what_a_model_lacks_is_left_out() -> None:
    sent = body(PROMPT, "llamacpp", "m", "temperature", "usage", "caching")
    assert {"temperature", "stream_options", "cache_prompt"}.isdisjoint(sent)


@pytest.mark.parametrize(
    ("data", "delta"),
    [
        ('{"choices": [{"delta": {"role": "assistant", "content": ""}}]}', None),
        ('{"choices": [{"delta": {"content": null}, "finish_reason": null}]}', None),
        ('{"choices": [{"delta": {"content": "x = 1"}, "finish_reason": null}]}', Delta("x = 1")),
        ('{"choices": [{"delta": {}, "finish_reason": "length"}]}', Delta(ended="length")),
        ('{"choices": [{"delta": {"content": "x"}, "finish_reason": "stop"}]}', Delta("x", "stop")),
        ('{"choices": [], "prompt_filter_results": []}', None),
        (
            '{"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2, '
            '"prompt_tokens_details": {"cached_tokens": 8}}}',
            Delta(usage=Usage(9, 2, 8)),
        ),
        ('{"choices": null, "usage": {"prompt_tokens": "many"}}', Delta(usage=Usage())),
        ('{"choices": [7], "error": null}', None),
        ('{"choices": [{"delta": [1]}]}', None),
        ("{}", None),
        ("[DONE]", Delta(ended="stop")),
    ],
)
def test_reading(data: str, delta: Delta | None) -> None:
    assert read(Event("message", data)) == delta


@pytest.mark.parametrize("data", ["", "{", "<html>", "[1]", "null", '"x"', "[" * 100_000, "\x00"])
def test_what_is_no_object_is_an_error(data: str) -> None:
    with pytest.raises(ReplyError, match="no JSON object") as raised:
        read(Event("message", data))
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ('{"type": "server_error", "message": "oops"}', UnavailableError),
        ('{"code": "rate_limit_exceeded", "message": "oops"}', UnavailableError),
        ('{"code": 503, "message": "oops"}', UnavailableError),
        ('{"type": "invalid_request_error", "message": "oops"}', RejectedError),
        ('"oops"', RejectedError),
    ],
)
def test_errors_in_the_stream(error: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="oops"):
        read(Event("error", f'{{"error": {error}}}'))
