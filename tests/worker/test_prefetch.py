"""What is worked out ahead is there for whoever asks, about the present text alone, and in nobody's way."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from anyio import TaskHandle

from quickfix_ls.values import Edit, Offer, Span
from quickfix_ls.worker import answers
from quickfix_ls.worker.frames import Answer, Ask, AskOffers, AskProblems, ChangeText, Close, Configure, Open, Ready
from quickfix_ls.worker.open_documents import OpenDocument
from tests.worker.wire import Wire, wired

BROKEN = """\
def f(x):
    return x


values = [1, 2
print(f(values))


def g(y):
    return lenn(y)
"""


@pytest_asyncio.fixture
async def wire(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    # A busy machine may need longer than is worth while for what nobody asked for.
    monkeypatch.setattr(answers, "_PREFETCH_SECONDS", 10.0)
    async with wired() as one:
        one.service.receive(Configure("first", (), ({"minProbability": 0},)))
        await one.answer(Ready)
        one.service.receive(Open("a", 0, BROKEN))
        yield one


async def problems(wire: Wire, uri: str = "a") -> OpenDocument:
    """The document once its problems are known, which is when the work begins."""
    wire.service.receive(Ask(1, AskProblems(uri)))
    await wire.answer(Answer)
    document = wire.service._documents.get(uri)
    assert document is not None
    return document


def at(what: str, uri: str = "a", limit: int = 3) -> AskOffers:
    start = BROKEN.index(what)
    return AskOffers(uri, Span(start, start + len(what)), (), 5.0, limit)


async def offers(wire: Wire, question: AskOffers) -> tuple[Offer, ...]:
    wire.service.receive(Ask(2, question))
    answer = await wire.answer(Answer)
    ((_, found),) = answer.value  # type: ignore[union-attr]
    return found


async def test_the_answer_is_known_before_the_question(wire: Wire) -> None:
    document = await problems(wire)
    await document.prefetch.catch_up(document.prefetch.subject, 10)
    ((_, ahead),) = document.offers.items()
    assert ahead[0].candidate.title.startswith("Add `]`") or "]" in ahead[0].candidate.edits[0].text
    assert await offers(wire, at("values = [1, 2")) is ahead


async def test_a_question_about_it_joins_the_work(wire: Wire) -> None:
    document = await problems(wire)
    found = await offers(wire, at("values = [1, 2"))
    assert found
    assert found is document.offers[document.prefetch.subject]  # type: ignore[index]


async def test_it_is_about_what_is_nearest_to_the_last_edit(wire: Wire) -> None:
    end = len(BROKEN)
    wire.service.receive(ChangeText("a", 1, (Edit(Span(end, end), "\n"),)))
    document = await problems(wire)
    await document.prefetch.catch_up(document.prefetch.subject, 10)
    assert [problem.name for problem, *_ in document.offers] == ["lenn"]


async def test_an_edit_ends_it(wire: Wire) -> None:
    document = await problems(wire)
    task = document.prefetch._task
    wire.service.receive(ChangeText("a", 1, (Edit(Span(0, 0), "#\n"),)))
    assert task is not None
    await offers_of_nothing(wire)
    assert task.status is TaskHandle.Status.CANCELLED
    assert not document.offers


async def test_a_question_about_something_else_ends_it(wire: Wire) -> None:
    document = await problems(wire)
    task = document.prefetch._task
    assert task is not None
    assert await offers(wire, at("lenn"))
    assert task.status is TaskHandle.Status.CANCELLED


async def test_a_question_about_another_document_ends_it(wire: Wire) -> None:
    wire.service.receive(Open("b", 0, BROKEN))
    document = await problems(wire)
    task = document.prefetch._task
    assert task is not None
    assert await offers(wire, at("values = [1, 2", "b"))
    assert task.status is TaskHandle.Status.CANCELLED


async def test_closing_ends_it(wire: Wire) -> None:
    document = await problems(wire)
    task = document.prefetch._task
    wire.service.receive(Close("a"))
    assert task is not None
    await offers_of_nothing(wire)
    assert task.status is TaskHandle.Status.CANCELLED


async def offers_of_nothing(wire: Wire) -> None:
    """Let the loop turn until a question has been answered."""
    wire.service.receive(Ask(3, at("lenn", "gone")))
    await wire.answer(Answer)


async def test_more_offers_than_were_worked_out_are_worked_out_anew(wire: Wire) -> None:
    document = await problems(wire)
    await document.prefetch.catch_up(document.prefetch.subject, 10)
    ((_, ahead),) = document.offers.items()
    assert await offers(wire, at("values = [1, 2", limit=5)) is not ahead
