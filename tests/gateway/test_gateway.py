"""A prompt sent through the gateway to a real server, and the answer read back, in both wire formats."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest
from anyio.abc import TaskGroup

from quickfix_ls.errors import DeadlineError, KeyMissingError, ProviderError, RejectedError, UsageError, WithheldError
from quickfix_ls.gateway import gateway_for
from quickfix_ls.settings import Settings, read
from quickfix_ls.values import Delta, Prompt, Usage
from tests.gateway.conftest import KEY, PROMPT, Open, entries, whole
from tests.kit_models import answers, fails, is_endless, model_server, says, sends, stalls, waits_for

KINDS = ("openai", "anthropic")


def test_without_a_provider_there_is_no_gateway(tasks: TaskGroup) -> None:
    assert gateway_for(Settings(), tasks) is None


@pytest.mark.parametrize(
    ("provider", "words"),
    [
        ("gpt", "there is no kind of provider `gpt`; the kinds are anthropic, azure, "),
        ("azure", "needs a `baseUrl`"),
        ("openai", "needs a `model`"),
        ("embedded", "needs a `modelPath`"),
    ],
)
def test_settings_that_can_not_work(tasks: TaskGroup, provider: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        gateway_for(read({"provider": provider})[0], tasks)


def test_a_bare_kind_is_enough_where_there_are_defaults(tasks: TaskGroup) -> None:
    gateway = gateway_for(read({"provider": "ollama"})[0], tasks)
    assert gateway is not None
    assert (gateway.endpoint.base_url, gateway.model) == ("http://127.0.0.1:11434/v1", "qwen2.5-coder")


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_comes_in_pieces_and_is_written_down(open_gateway: Open, ledger: Path, kind: str) -> None:
    async with model_server(says("print(", "'a')")) as server:
        gateway = open_gateway(server.url, kind=kind)
        deltas = [delta async for delta in gateway.stream(PROMPT, 30)]
    assert deltas == [Delta("print("), Delta("'a')"), Delta("", "stop", Usage(11, 4))]
    (received,) = server.received
    assert KEY in received.headers["authorization" if kind == "openai" else "x-api-key"]
    assert received.question.replace("\n", "") == PROMPT.shared + PROMPT.question
    (entry,) = entries(ledger)
    assert entry[1:] == (server.url[7:-3], "m", True, 11, 4, 0, "complete")


async def test_an_equal_question_is_answered_from_memory(open_gateway: Open, ledger: Path) -> None:
    async with model_server(says("x", reason="length")) as server:
        gateway = open_gateway(server.url)
        assert await whole(gateway) == ("x", Delta("", "length", Usage(11, 4)))
        assert await whole(gateway) == ("x", Delta("", "length"))
        assert await whole(gateway, replace(PROMPT, temperature=1.0)) == ("x", Delta("", "length", Usage(11, 4)))
    assert len(server.received) == len(entries(ledger)) == 2


async def test_what_was_cut_off_is_not_remembered(open_gateway: Open) -> None:
    async with model_server(says("warm"), stalls, says("x")) as server:
        gateway = open_gateway(server.url)
        await whole(gateway, replace(PROMPT, question="another"))
        with pytest.raises(DeadlineError):
            await whole(gateway, seconds=1)
        assert (await whole(gateway))[0] == "x"


async def test_connections_stay_open_for_the_next_question(open_gateway: Open) -> None:
    async with model_server() as server:
        gateway = open_gateway(server.url)
        for number in range(5):
            await whole(gateway, replace(PROMPT, question=str(number)))
        assert (len(server.received), server.connections) == (5, 1)


WHOLE = {
    "openai": {
        "choices": [{"message": {"content": "print('a')"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 4},
    },
    "anthropic": {
        "type": "message",
        "content": [{"type": "text", "text": "print('a')"}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 11, "output_tokens": 4},
    },
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_may_know_no_streams(open_gateway: Open, kind: str) -> None:
    async with model_server(sends(json.dumps(WHOLE[kind]), kind="application/json; charset=utf-8")) as server:
        assert await whole(open_gateway(server.url, kind=kind)) == ("print('a')", Delta("", "stop", Usage(11, 4)))


async def test_the_end_of_a_stream_may_come_without_a_reason(open_gateway: Open) -> None:
    piece = json.dumps({"choices": [{"delta": {"content": "x"}}]})
    async with model_server(sends(f"data: {piece}\n\n", "data: [DONE]\n\n")) as server:
        assert (await whole(open_gateway(server.url)))[1].ended == "stop"


# -- who waits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_closing_an_answer_closes_its_stream(open_gateway: Open, ledger: Path, kind: str) -> None:
    async with model_server(is_endless) as server:
        async with aclosing(open_gateway(server.url, kind=kind).stream(PROMPT, 30)) as deltas:
            assert await anext(deltas) == Delta("x")
        await server.until(lambda: server.open == 0)
    (entry,) = entries(ledger)
    assert entry.outcome == "closed"
    # Not counted by the server, and so estimated.
    assert entry.sent == 18
    assert entry.received >= 1


async def test_cancelling_who_waits_for_the_first_byte_closes_the_stream(open_gateway: Open) -> None:
    async with model_server(waits_for(asyncio.Event(), says())) as server:
        waiting = asyncio.ensure_future(whole(open_gateway(server.url)))
        await server.until(lambda: server.open == 1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await server.until(lambda: server.open == 0)


async def test_a_cancelled_scope_closes_the_streams_of_all_its_tasks(open_gateway: Open) -> None:
    async with model_server(is_endless) as server:
        gateway = open_gateway(server.url)
        async with anyio.create_task_group() as tasks:
            for number in range(4):
                tasks.start_soon(whole, gateway, replace(PROMPT, question=str(number)))
            await server.until(lambda: server.open == 4)
            tasks.cancel_scope.cancel()
        await server.until(lambda: server.open == 0)


async def test_closing_the_gateway_closes_all_streams(open_gateway: Open) -> None:
    async with model_server(is_endless) as server:
        gateway = open_gateway(server.url)
        asked = [replace(PROMPT, question=str(number)) for number in range(3)]
        waiting = [asyncio.ensure_future(whole(gateway, prompt)) for prompt in asked]
        await server.until(lambda: server.open == 3)
        await gateway.aclose()
        await server.until(lambda: server.open == 0)
        for ended in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(ended, ProviderError)


async def test_equal_questions_at_the_same_time_share_an_answer(open_gateway: Open) -> None:
    go_on = asyncio.Event()
    async with model_server(waits_for(go_on, says("x", "y"))) as server:
        gateway = open_gateway(server.url)
        both = asyncio.gather(whole(gateway), whole(gateway))
        await server.until(lambda: server.open == 1)
        go_on.set()
        assert await both == [("xy", Delta("", "stop", Usage(11, 4)))] * 2
    assert len(server.received) == 1


async def test_who_leaves_does_not_close_the_answer_of_who_stays(open_gateway: Open) -> None:
    go_on = asyncio.Event()
    async with model_server(waits_for(go_on, says("x"))) as server:
        gateway = open_gateway(server.url)
        leaves, stays = (asyncio.ensure_future(whole(gateway)) for _ in range(2))
        await server.until(lambda: server.open == 1)
        leaves.cancel()
        await asyncio.wait({leaves})
        go_on.set()
        assert (await stays)[0] == "x"
    assert len(server.received) == 1


async def test_no_more_requests_at_once_than_allowed(open_gateway: Open) -> None:
    go_on = asyncio.Event()
    async with model_server(waits_for(go_on, says("x"))) as server:
        gateway = open_gateway(server.url, concurrency=2)
        asked = [replace(PROMPT, question=str(number)) for number in range(6)]
        waiting = asyncio.gather(*(whole(gateway, prompt) for prompt in asked))
        await server.until(lambda: server.open == 2)
        go_on.set()
        assert [text for text, _ in await waiting] == ["x"] * 6
    assert (server.most_open, len(server.received)) == (2, 6)


# -- what is sent --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_secrets_stay_here_and_come_back(open_gateway: Open, kind: str) -> None:
    secret = "hunter2-hunter2"
    prompt = Prompt("s", f"password = '{secret}'", "What is the line?", 50)
    async with model_server(
        answers(lambda question: question.split("\n")[0].replace("What is the line?", ""))
    ) as server:
        gateway = open_gateway(server.url, kind=kind)
        text, _ = await whole(gateway, prompt)
        assert text.startswith(f"password = '{secret}'")
        # From memory too.
        assert (await whole(gateway, prompt))[0] == text
    assert secret not in str(server.received)
    assert "password = 'SECRET_1_'" in server.received[0].question


async def test_a_preview_is_what_is_sent_but_for_the_key(open_gateway: Open) -> None:
    prompt = Prompt("s", "token = 'abcdef-123'", "q", 50)
    async with model_server() as server:
        gateway = open_gateway(server.url, {"redact": ["abc[a-z]+"]})
        shown = gateway.preview(prompt)
        assert server.received == []
        await whole(gateway, prompt)
    (received,) = server.received
    assert (shown.url, shown.body) == (f"{server.url}/chat/completions", received.body)
    assert "Authorization" not in shown.headers
    assert "abcdef" not in str(received)


async def test_a_file_that_is_never_sent(open_gateway: Open, ledger: Path, tmp_path: Path) -> None:
    async with model_server() as server:
        gateway = open_gateway(server.url, {"neverSend": [f"{tmp_path.as_posix()}/private"]})
        path = str(tmp_path / "private" / "a.py")
        assert "private" in gateway.refusal(path)
        for asked in (gateway.preview, lambda prompt, path: whole(gateway, prompt, path=path)):
            with pytest.raises(WithheldError, match="was not sent: `neverSend` has"):
                await asked(PROMPT, path)  # type: ignore[misc]
        assert gateway.refusal(str(tmp_path / "a.py")) == ""
        assert (await whole(gateway, path=str(tmp_path / "a.py")))[0]
    assert len(server.received) == len(entries(ledger)) == 1


@pytest.mark.parametrize(("kind", "caps"), [("openai", {"dailyTokens": 70}), ("anthropic", {"monthlyTokens": 70})])
async def test_a_cap_holds_over_restarts_and_is_not_for_what_is_free(
    open_gateway: Open, kind: str, caps: dict[str, Any]
) -> None:
    (name,) = caps
    async with model_server() as server:
        await whole(open_gateway(server.url, caps, kind=kind))
        with pytest.raises(WithheldError, match=f"15 tokens were taken .* 68 more .* cap of 70: .* `{name}`"):
            await whole(open_gateway(server.url, caps, kind=kind))
        assert len(server.received) == 1
        await whole(open_gateway(server.url, caps, kind="ollama"))
        assert len(server.received) == 2


async def test_files_with_other_settings_share_the_connection_but_not_the_rules(
    open_gateway: Open, tmp_path: Path
) -> None:
    async with model_server() as server:
        gateway = open_gateway(server.url)
        path = str(tmp_path / "a.py")
        strict = gateway.under(read({"neverSend": [path], "dailyTokens": 10})[0])
        with pytest.raises(WithheldError, match="`neverSend`"):
            await whole(strict, path=path)
        with pytest.raises(WithheldError, match="`dailyTokens`"):
            await whole(strict)
        text, _ = await whole(gateway, path=path)
        # What one of them knows, the other knows too.
        assert (await whole(strict))[0] == text
        assert (len(server.received), server.connections) == (1, 1)


# -- the key -------------------------------------------------------------------------------------------------


async def test_a_missing_key_is_told_and_nothing_is_sent(open_gateway: Open) -> None:
    async with model_server() as server:
        with pytest.raises(KeyMissingError, match="the environment variable NO_SUCH_KEY with the key for openai"):
            await whole(open_gateway(server.url, apiKeyEnv="NO_SUCH_KEY"))
        await whole(open_gateway(server.url, apiKeyEnv=""))
    (received,) = server.received
    assert "authorization" not in received.headers


async def test_the_key_is_in_no_error_log_or_ledger(
    open_gateway: Open, ledger: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quoting = json.dumps({"error": {"message": f"{KEY} is wrong"}})
    caplog.set_level("DEBUG")
    async with model_server(fails(401, quoting), fails(400, quoting), fails(418, KEY)) as server:
        gateway = open_gateway(server.url)
        for words in ("refuses the key", "the key\\) is wrong", "418"):
            with pytest.raises(RejectedError, match=words) as raised:
                await whole(gateway)
            assert KEY not in repr(raised.value)
        assert KEY in str(server.received)
    assert KEY not in caplog.text
    assert KEY not in repr(vars(gateway))
    assert KEY.encode() not in b"".join(path.read_bytes() for path in ledger.parent.iterdir())


async def test_a_refused_key_is_asked_for_anew(open_gateway: Open, tmp_path: Path) -> None:
    script = tmp_path / "key.py"
    script.write_text("import pathlib; p = pathlib.Path(__file__ + '.n'); n = p.exists(); p.touch(); print(f'key-{n}')")
    async with model_server(fails(401), says("x")) as server:
        gateway = open_gateway(server.url, apiKeyCommand=[sys.executable, str(script)])
        with pytest.raises(RejectedError):
            await whole(gateway)
        await whole(gateway)
    assert [one.headers["authorization"] for one in server.received] == ["Bearer key-False", "Bearer key-True"]
