"""The circuit breaker, the cache, keys, what is made once, and what a server asks to wait."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from anyio.abc import TaskGroup

from quickfix_ls.errors import KeyMissingError, UnavailableError
from quickfix_ls.gateway.api_keys import key_of as provider_key
from quickfix_ls.gateway.breaker import FAILURES, REST_SECONDS, Breaker
from quickfix_ls.gateway.cache import Cache, key_of
from quickfix_ls.gateway.lazy import Lazy
from quickfix_ls.gateway.transport import place_of, retry_after
from quickfix_ls.providers import Endpoint, Request, all_profiles
from quickfix_ls.settings import ProviderSettings
from quickfix_ls.values import Delta


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def fails(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        breaker.failed(breaker.check())


def is_open(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except UnavailableError:
        return True
    return False


def test_a_circuit_opens_after_failures_in_a_row() -> None:
    breaker = Breaker("it", Clock())
    fails(breaker, FAILURES - 1)
    breaker.succeeded()
    fails(breaker, FAILURES - 1)
    assert not is_open(breaker)
    fails(breaker, 1)
    assert is_open(breaker)


@pytest.mark.parametrize("is_well", [True, False])
def test_after_its_rest_one_may_try(is_well: bool) -> None:
    breaker = Breaker("it", clock := Clock())
    fails(breaker, FAILURES)
    clock.time += REST_SECONDS
    began = breaker.check()
    assert is_open(breaker)
    breaker.succeeded() if is_well else breaker.failed(began)
    assert is_open(breaker) != is_well


def test_failures_of_requests_that_were_under_way_together_count_once() -> None:
    breaker = Breaker("it", clock := Clock())
    together = [breaker.check() for _ in range(3 * FAILURES)]
    clock.time += 1
    for began in together:
        breaker.failed(began)
    assert not is_open(breaker)
    fails(breaker, FAILURES - 1)
    assert is_open(breaker)


def test_the_least_recently_used_answers_go_first() -> None:
    cache = Cache(answers=2)
    cache.put("a", "A", "stop")
    cache.put("b", "B", "stop")
    assert cache.get("a") == Delta("A", "stop")
    cache.put("c", "C", "length")
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (Delta("A", "stop"), None, Delta("C", "length"))


def test_a_cache_is_bounded_by_its_characters_too() -> None:
    cache = Cache(characters=10)
    for key in "abc":
        cache.put(key, "12345", "stop")
    cache.put("c", "1234", "stop")
    assert [bool(cache.get(key)) for key in "abc"] == [False, True, True]
    cache.put("huge", "x" * 11, "stop")
    assert [bool(cache.get(key)) for key in ("b", "c", "huge")] == [False] * 3


def test_what_a_request_is_known_by() -> None:
    def known(body: str, key: str = "k", base: str = "u", kind: str = "openai") -> str:
        endpoint = Endpoint(kind, all_profiles()[kind], base, "m", key)
        return key_of(endpoint, Request(base, endpoint.headers(), {"x": body}))

    assert known("a") == known("a", key="other")
    assert len({known("a"), known("b"), known("a", base="v"), known("a", kind="ollama"), known("\ud800")}) == 5


def provider(**more: object) -> ProviderSettings:
    return ProviderSettings("openai", **more)  # type: ignore[arg-type]


OPENAI = all_profiles()["openai"]


async def test_the_key_of_the_kinds_own_variable_or_of_another() -> None:
    environ = {"OPENAI_API_KEY": "usual\n", "OTHER": "other"}
    assert await provider_key(provider(), OPENAI, environ) == "usual"
    assert await provider_key(provider(api_key_env="OTHER"), OPENAI, environ) == "other"
    assert await provider_key(provider(api_key_env=""), OPENAI, environ) == ""
    assert await provider_key(ProviderSettings("ollama"), all_profiles()["ollama"], environ) == ""


async def test_a_server_on_this_machine_may_want_no_key() -> None:
    here = provider(base_url="http://127.0.0.1:8000/v1")
    assert await provider_key(here, OPENAI, {}) == ""
    assert await provider_key(here, OPENAI, {"OPENAI_API_KEY": "usual"}) == "usual"
    for other in (provider(base_url="https://example.org/v1"), replace(here, api_key_env="OTHER")):
        with pytest.raises(KeyMissingError, match="is not set"):
            await provider_key(other, OPENAI, {})


async def test_a_command_prints_the_key_and_no_shell_sees_it() -> None:
    command = (sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME;`x`")
    assert await provider_key(provider(api_key_command=command), OPENAI, {}) == "$HOME;`x`"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import sys; print('secret'); sys.exit(3)", "exit code 3"),
        ("", "the output of `apiKeyCommand` is empty"),
        ("print('two', 'secret')", "is no key"),
        ("print('secr\\net')", "is no key"),
        ("print('s\\u00e9cret')", "is no key"),
    ],
)
async def test_a_command_that_prints_no_key(code: str, words: str) -> None:
    with pytest.raises(KeyMissingError, match=words) as raised:
        await provider_key(provider(api_key_command=(sys.executable, "-c", code)), OPENAI, {})
    assert "secret" not in str(raised.value)


async def test_a_command_that_is_not_there() -> None:
    with pytest.raises(KeyMissingError, match="`apiKeyCommand` can't be started"):
        await provider_key(provider(api_key_command=("no-such-command-anywhere",)), OPENAI, {})


async def test_what_is_kept_is_made_once_for_all_who_wait_even_if_one_leaves(tasks: TaskGroup) -> None:
    go_on, made = asyncio.Event(), 0

    async def make() -> int:
        nonlocal made
        made += 1
        await go_on.wait()
        return made

    lazy = Lazy(tasks, make)
    leaves, stays = (asyncio.ensure_future(lazy.get()) for _ in range(2))
    await asyncio.sleep(0)
    leaves.cancel()
    await asyncio.wait({leaves})
    go_on.set()
    assert await stays == await lazy.get() == 1
    lazy.forget()
    assert await lazy.get() == 2
    await lazy.aclose()


async def test_what_could_not_be_made_is_tried_again(tasks: TaskGroup) -> None:
    outcomes = [UnavailableError("x"), None]

    async def make() -> str:
        if error := outcomes.pop(0):
            raise error
        return "made"

    lazy = Lazy(tasks, make)
    with pytest.raises(UnavailableError):
        await lazy.get()
    assert await lazy.get() == "made"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("Mon, 01 Jan 2024 00:00:30 GMT", 30.0),
        ("Sun, 31 Dec 2023 23:59:00 GMT", 0.0),
        ("Mon, 01 Jan 2024 00:00:30", None),
        ("soon", None),
        ("", None),
        ("nan", None),
        ("inf", None),
    ],
)
def test_what_a_server_asks_to_wait(value: str, seconds: float | None) -> None:
    assert retry_after(value, datetime(2024, 1, 1, tzinfo=timezone.utc)) == seconds


def test_a_place_has_no_user_and_no_path() -> None:
    assert place_of("https://me:pw@example.com:8443/v1/x") == "example.com:8443"
