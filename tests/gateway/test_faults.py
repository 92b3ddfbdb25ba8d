"""Servers that fail in every way: a typed error each, in time, nothing left open, and no more requests than are due."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.errors import DeadlineError, ProviderError, RejectedError, ReplyError, UnavailableError
from quickfix_ls.gateway.breaker import FAILURES
from tests.gateway.conftest import PROMPT, Open, entries, whole
from tests.kit_models import (
    Script,
    cuts,
    fails,
    hangs_up,
    is_endless,
    is_huge,
    is_silent,
    model_server,
    says,
    sends,
    stalls,
)

GOOD = says("good")


@pytest.mark.parametrize(
    "fault",
    [fails(429, Retry_After="0"), fails(500), fails(502), fails(503), fails(529, "<html>"), hangs_up],
    ids=["429", "500", "502", "503", "529", "hang-up"],
)
@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_what_passes_by_itself_is_tried_again(open_gateway: Open, ledger: Path, kind: str, fault: Script) -> None:
    async with model_server(fault, fault, GOOD) as server:
        assert (await whole(open_gateway(server.url, kind=kind)))[0] == "good"
    assert len(server.received) == 3
    assert [(one.outcome, one.sent > 0) for one in entries(ledger)] == [("failed", False)] * 2 + [("complete", True)]


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (fails(400, '{"error": {"message": "no such model"}}'), RejectedError, "400.*: no such model"),
        (fails(401), RejectedError, "refuses the key"),
        (fails(404, "<html>not here</html>"), RejectedError, "404.*: <html>not here</html>.*baseUrl"),
        (fails(302, "", Location="http://127.0.0.1:1/"), RejectedError, "redirects"),
        (fails(400, "x" * 100_000), RejectedError, "400"),
        (fails(429, Retry_After="3600"), UnavailableError, "429"),
        (sends("{}", kind="application/json"), ReplyError, "before it began"),
        (sends("{}", kind="text/html"), ReplyError, "text/html where a stream of events was expected"),
        (sends("data: {\n\n"), ReplyError, "no JSON object"),
        (sends(b"\xff\x00data\xfe" * 50), ReplyError, "before it began"),
        (sends("data: []\n\n"), ReplyError, "no JSON object"),
        (sends("data: {}\n\n", "data: [DONE]\n\n"), ReplyError, "before it began|no JSON object"),
        (sends(""), ReplyError, "before it began"),
        (sends('event: error\ndata: {"type": "error", "error": {"message": "broken"}}\n\n'), RejectedError, "broken"),
        (cuts, ReplyError, "cut its answer off"),
        (is_huge, ReplyError, "its answer was cut"),
    ],
)
@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_what_is_wrong_is_told_at_once(
    open_gateway: Open, kind: str, fault: Script, error: Any, words: str
) -> None:
    async with model_server(fault, GOOD) as server:
        gateway = open_gateway(server.url, kind=kind)
        with pytest.raises(error, match=words) as raised:
            await whole(gateway)
        assert len(str(raised.value)) < 500
        assert len(server.received) == 1
        await server.until(lambda: server.open == 0)
        # And the gateway is as good as before.
        assert (await whole(gateway))[0] == "good"


async def test_nothing_is_asked_again_after_the_first_piece(open_gateway: Open) -> None:
    async with model_server(cuts, GOOD) as server:
        deltas = open_gateway(server.url).stream(PROMPT, 30)
        assert (await anext(deltas)).text == "pri"
        with pytest.raises(ReplyError):
            await anext(deltas)
    assert len(server.received) == 1


@pytest.mark.parametrize("fault", [is_silent, stalls, is_endless, fails(503)], ids=lambda one: one.__name__)
async def test_the_deadline_holds_whatever_the_server_does(open_gateway: Open, fault: Script) -> None:
    async with model_server(fault) as server:
        with pytest.raises((DeadlineError, UnavailableError)):
            await whole(open_gateway(server.url), seconds=0.3)
        await server.until(lambda: server.open == 0)


async def test_a_server_that_is_not_there(open_gateway: Open) -> None:
    async with model_server() as server:
        url = server.url
    with pytest.raises(UnavailableError, match=r"can't be reached.*ConnectError.*baseUrl"):
        await whole(open_gateway(url))


@pytest.mark.parametrize("url", ["http://[::1]:0", "http://127.0.0.1:99999", "http://x..y", "http://127.0.0.1:port"])
async def test_a_url_that_leads_nowhere(open_gateway: Open, url: str) -> None:
    with pytest.raises(ProviderError):
        await whole(open_gateway(url), seconds=0.3)


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_a_slow_server_is_asked_twice_and_the_loser_is_closed(
    open_gateway: Open, ledger: Path, kind: str
) -> None:
    async with model_server(is_silent, GOOD) as server:
        assert (await whole(open_gateway(server.url, kind=kind, hedgeSeconds=0.05)))[0] == "good"
        await server.until(lambda: server.open == 0)
    assert len(server.received) == 2
    assert sorted(one.outcome for one in entries(ledger)) == ["closed", "complete"]


async def test_a_server_that_keeps_failing_is_left_alone(open_gateway: Open) -> None:
    async with model_server(fails(500, Retry_After="3600")) as server:
        gateway = open_gateway(server.url)
        for _ in range(FAILURES):
            with pytest.raises(UnavailableError, match="500"):
                await whole(gateway)
        with pytest.raises(UnavailableError, match="failed 5 times in a row and is left alone for 20 s"):
            await whole(gateway)
        assert len(server.received) == FAILURES


async def test_silence_counts_as_failing(open_gateway: Open) -> None:
    async with model_server(is_silent) as server:
        gateway = open_gateway(server.url)
        for _ in range(FAILURES):
            with pytest.raises(DeadlineError):
                await whole(gateway, seconds=0.05)
        with pytest.raises(UnavailableError, match="left alone"):
            await whole(gateway)


async def test_lone_surrogates_are_no_obstacle(open_gateway: Open) -> None:
    async with model_server(GOOD) as server:
        assert (await whole(open_gateway(server.url), replace(PROMPT, shared="x = '\ud800'")))[0] == "good"
    assert "x = '?'" in server.received[0].question


async def test_many_requests_to_a_server_with_mixed_faults(open_gateway: Open, ledger: Path) -> None:
    faults = (
        fails(429),
        fails(500),
        cuts,
        hangs_up,
        sends("data: {"),
        sends("data: nonsense\n\n"),
        is_huge,
        fails(404),
    )
    scripts = [fault for fault in faults for fault in (GOOD, fault, GOOD, GOOD)] * 6
    seen: dict[str, int] = {}

    async def ask(number: int) -> None:
        try:
            text, last = await whole(gateway, replace(PROMPT, question=str(number)))
            assert (text, last.ended) == ("good", "stop")
            outcome = "good"
        except ProviderError as error:
            outcome = type(error).__name__
        seen[outcome] = seen.get(outcome, 0) + 1

    async with model_server(*scripts, GOOD) as server:
        gateway = open_gateway(server.url, concurrency=8)
        await asyncio.gather(*(ask(number) for number in range(160)))
        await server.until(lambda: server.open == 0)
    assert set(seen) == {"good", "ReplyError", "RejectedError"}
    assert seen["good"] > 100
    assert not [one for one in entries(ledger) if one.outcome == "open"]
