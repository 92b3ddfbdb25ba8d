"""A document's models in the worker: one run for equal questions, nothing kept of what failed, nothing left open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from quickfix_ls.values import Offer, Span
from quickfix_ls.worker.frames import Answer, Ask, AskOffers, Cancel, Configure, Failed, Late, Open, Ready
from tests.kit_models import ModelServer, Script, fails, model_server, says, stalls, waits_for
from tests.worker.wire import Wire, wired

pytestmark = pytest.mark.usefixtures("own_state")

TEXT = "def positive(xs):\n    return [x for x in xs given x > 0]\n"
GOOD = "2|    return [x for x in xs if x > 0]"
AT = Span(TEXT.index("given"), TEXT.index("given") + 5)


@asynccontextmanager
async def worker(*scripts: Script, **settings: object) -> AsyncIterator[tuple[Wire, ModelServer]]:
    async with model_server(*scripts) as models, wired() as wire:
        await begun(wire, models, **settings)
        yield wire, models


async def begun(wire: Wire, models: ModelServer, **settings: object) -> None:
    """Let a worker know of the models and of the document."""
    wire.service.receive(Configure("first", (), ({"provider": models.provider, "minProbability": 0, **settings},)))
    await wire.answer(Ready)
    wire.service.receive(Open("a", 0, TEXT))


def ask(wire: Wire, number: int, deadline: float = 60.0, uri: str = "a") -> None:
    wire.service.receive(Ask(number, AskOffers(uri, AT, (), 5.0, 10, deadline)))


async def written(wire: Wire) -> list[Offer]:
    """What the model wrote of the next answer's offers."""
    answer = await wire.answer(Answer)
    assert isinstance(answer, Answer)
    ((_, offers),) = answer.value  # type: ignore[misc]
    return [one for one in offers if one.model]


async def test_equal_questions_share_one_run() -> None:
    go_on = asyncio.Event()
    async with worker(waits_for(go_on, says(GOOD)), k=2) as (wire, models):
        ask(wire, 1)
        await models.until(lambda: models.open == 2)
        ask(wire, 2)
        go_on.set()
        assert await written(wire)
        assert await written(wire)
        assert len(models.received) == 2


async def test_one_who_gives_up_takes_nothing_from_another() -> None:
    go_on = asyncio.Event()
    async with worker(waits_for(go_on, says(GOOD)), k=2) as (wire, models):
        ask(wire, 1)
        ask(wire, 2)
        await models.until(lambda: models.open == 2)
        wire.service.receive(Cancel(1))
        await wire.answer(Failed)
        assert models.open == 2
        go_on.set()
        assert await written(wire)


async def test_what_failed_is_asked_anew() -> None:
    async with worker(fails(400), says(GOOD), k=1) as (wire, models):
        ask(wire, 1)
        assert not await written(wire)
        wire.service.receive(Open("a", 0, TEXT))
        ask(wire, 2)
        assert await written(wire)
        assert len(models.received) == 2


async def test_only_one_who_may_ask_asks() -> None:
    async with worker(says(GOOD), generateWhen="never") as (wire, models):
        ask(wire, 1)
        assert not await written(wire)
        assert not models.received


async def test_a_deadline_that_has_passed_asks_nothing() -> None:
    async with worker(says(GOOD)) as (wire, models):
        ask(wire, 1, deadline=0)
        assert not await written(wire)
        assert not models.received


async def test_what_comes_late_is_told_and_known_from_then_on() -> None:
    go_on = asyncio.Event()
    async with worker(waits_for(go_on, says(GOOD)), k=1, finishInBackground=True) as (wire, models):
        ask(wire, 1, deadline=2)
        assert not await written(wire)
        go_on.set()
        assert await wire.answer(Late) == Late("a")
        ask(wire, 2, deadline=0)
        assert await written(wire)
        assert len(models.received) == 1


async def test_ending_the_service_closes_every_stream() -> None:
    async with model_server(stalls) as models:
        async with wired() as wire:
            await begun(wire, models, finishInBackground=True)
            ask(wire, 1)
            await models.until(lambda: models.open == 4)
        await models.until(lambda: models.open == 0)


async def test_a_model_that_can_not_be_is_said_once_and_the_rest_works(caplog: pytest.LogCaptureFixture) -> None:
    async with worker(provider="no-such-kind") as (wire, _):
        for number in (1, 2):
            wire.service.receive(Open("a", 0, TEXT))
            ask(wire, number)
            assert not await written(wire)
        assert caplog.text.count("no-such-kind") == 1


@pytest.mark.parametrize("variants", [["with_schema"], ["no_such_variant"]])
async def test_without_an_eligible_variant_nothing_is_asked(variants: list[str]) -> None:
    async with worker(says(GOOD), variants=variants) as (wire, models):
        ask(wire, 1)
        assert not await written(wire)
        assert not models.received


async def test_the_schema_goes_along_where_it_bears_on_the_lines(tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text('{"xs": {"x": "INTEGER"}, "other": {"y": "TEXT"}}')
    async with worker(says(GOOD), variants=["with_schema"], schemaFile=str(schema)) as (wire, models):
        ask(wire, 1)
        assert await written(wire)
        (received,) = models.received
        assert "xs(x INTEGER)" in received.question
        assert "other" not in received.question
