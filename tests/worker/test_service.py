"""The worker's side, message by message, without processes."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from quickfix_ls.languages.python.facts import environment_of
from quickfix_ls.values import Edit, Offer, Problem, Span, apply_edits
from quickfix_ls.worker.frames import (
    Answer,
    Ask,
    AskFixAll,
    AskFixKind,
    AskOffers,
    AskProblems,
    Cancel,
    ChangeText,
    Close,
    Configure,
    Failed,
    FoundProblems,
    Open,
    Ready,
    pack,
    read_frame,
)
from quickfix_ls.worker.process import name_request
from tests.worker.wire import Wire, wired

BROKEN = "print(lenn([]))\n"
CONFIGURE = Configure("first", (), ({"minProbability": 0},))


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[Wire]:
    async with wired() as one:
        one.service.receive(CONFIGURE)
        ready = await one.answer(Ready)
        assert ready == Ready(ready.seconds)  # type: ignore[union-attr]
        yield one


def offers_at(text: str, what: str, uri: str = "a") -> AskOffers:
    start = text.index(what)
    return AskOffers(uri, Span(start, start + len(what)), (), 5.0, 3)


async def fixed(wire: Wire, text: str, question: AskOffers) -> str:
    wire.service.receive(Ask(1, question))
    answer = await wire.answer(Answer)
    ((_, offers),) = answer.value  # type: ignore[union-attr]
    return apply_edits(text, offers[0].candidate.edits)


async def test_offers_follow_the_changes(wire: Wire) -> None:
    wire.service.receive(Open("a", 0, BROKEN))
    assert await fixed(wire, BROKEN, offers_at(BROKEN, "lenn")) == "print(len([]))\n"
    wire.service.receive(ChangeText("a", 1, (Edit(Span(0, 0), "x = 1\n"), Edit(Span(0, 1), "y"))))
    text = "y = 1\n" + BROKEN
    assert await fixed(wire, text, offers_at(text, "lenn")) == "y = 1\nprint(len([]))\n"


async def test_another_workspace_folder_holds_for_what_is_open(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("def assist():\n    return 1\n", encoding="utf-8")
    wire.service.receive(Open("a", 0, "import helpers\n\nprint(helpers.asist())\n", str(tmp_path / "b" / "a.py")))
    document = wire.service._documents.get("a")
    assert document is not None
    assert str(tmp_path / "src") in environment_of(document.index).beside
    wire.service.receive(Configure("first", (str(tmp_path / "lib2"),), ({"minProbability": 0},)))
    await wire.answer(Ready)
    assert str(tmp_path / "lib2") in environment_of(document.index).beside


async def test_a_cancelled_question_is_given_up(wire: Wire) -> None:
    text = "".join(f"def f{n}(a):\n    return a + {n}\n" for n in range(2000)) + BROKEN
    wire.service.receive(Open("a", 0, text))
    wire.service.receive(Ask(7, offers_at(text, "lenn")))
    await asyncio.sleep(0)  # let the work begin
    wire.service.receive(Cancel(7))
    assert await wire.answer(Failed) == Failed(7)
    assert await fixed(wire, text, offers_at(text, "lenn")) == text.replace("lenn", "len")
    wire.service.receive(Cancel(7))


async def test_problems_are_those_of_the_last_text(wire: Wire) -> None:
    wire.service.receive(Open("a", 0, BROKEN))
    wire.service.receive(Ask(1, AskProblems("a")))
    wire.service.receive(ChangeText("a", 1, (Edit(Span(0, 0), "print(maxx(1))\n"),)))
    problems = (await wire.answer(Answer)).value.problems  # type: ignore[union-attr]
    assert [problem.name for problem in problems if isinstance(problem, Problem)] == ["maxx", "lenn"]


async def test_fix_all_does_not_touch_what_is_right(wire: Wire) -> None:
    wire.service.receive(Open("a", 0, "print(len([]))\n"))
    wire.service.receive(Ask(1, AskFixAll("a", 5.0)))
    assert (await wire.answer(Answer)) == Answer(1, ((), ()))


async def kind_of(wire: Wire, text: str, what: str, seconds: float) -> Offer | None:
    """The answer about all problems like the one at `what`."""
    wire.service.receive(Open("a", 0, text))
    wire.service.receive(Ask(1, offers_at(text, what)))
    ((_, (offer, *_)),) = (await wire.answer(Answer)).value  # type: ignore[union-attr]
    wire.service.receive(Ask(2, AskFixKind("a", offer, seconds, 3)))
    together: Offer | None = (await wire.answer(Answer)).value  # type: ignore[union-attr]
    return together


@pytest.mark.parametrize(("count", "seconds"), [(2, 60.0), (3, 0.0)], ids=["too few", "no time"])
async def test_all_of_a_kind_is_nothing_for_few_or_without_time(wire: Wire, count: int, seconds: float) -> None:
    text = "".join(f"print(lenn({n}))\n" for n in range(count))
    assert await kind_of(wire, text, "lenn(0)", seconds) is None


async def test_a_traced_answer_tells_its_stages_under_its_request(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    wire.service.receive(Configure("first", (), ({"minProbability": 0},), trace=True))
    await wire.answer(Ready)
    wire.service.receive(Open("a", 0, BROKEN))
    caplog.clear()
    caplog.handler.addFilter(name_request)
    caplog.handler.setLevel(logging.DEBUG)
    wire.service.receive(Ask(1, offers_at(BROKEN, "lenn"), "7"))
    await wire.answer(Answer)
    told = [(record.request, record.getMessage().split(" ", 1)[0]) for record in caplog.records]  # type: ignore[attr-defined]
    assert told == [("#7 ", stage) for stage in ("problems", "problem", "candidates", "passed", "ranked")]


@pytest.mark.parametrize(
    ("question", "answer"),
    [(offers_at(BROKEN, "lenn", "no such"), ()), (AskProblems("no such"), FoundProblems())],
)
async def test_a_document_that_is_not_open(wire: Wire, question: AskOffers | AskProblems, answer: object) -> None:
    wire.service.receive(ChangeText("no such", 1, (Edit(Span(0, 0), "x"),)))
    wire.service.receive(Close("no such"))
    wire.service.receive(Ask(1, question))
    assert await wire.answer(Answer) == Answer(1, answer)


async def test_a_question_that_fails_is_answered_with_the_reason(wire: Wire) -> None:
    wire.service.receive(Open("a", 0, BROKEN))
    wire.service.receive(Ask(1, AskOffers("a", "no span", (), 5.0, 3)))  # type: ignore[arg-type]
    failed = await wire.answer(Failed)
    assert isinstance(failed, Failed)
    assert failed.reason.startswith("AttributeError: ")


async def test_an_unknown_selector_falls_back(wire: Wire) -> None:
    wire.service.receive(Configure("astrology", (), ({"minProbability": 0},)))
    ready = await wire.answer(Ready)
    assert isinstance(ready, Ready)
    assert "astrology" in ready.notice
    wire.service.receive(Open("a", 0, BROKEN))
    assert await fixed(wire, BROKEN, offers_at(BROKEN, "lenn")) == "print(len([]))\n"


async def test_a_byte_order_mark_is_no_error(wire: Wire) -> None:
    wire.service.receive(Open("a", 0, "\ufeffx = 1\n"))
    wire.service.receive(Ask(1, AskProblems("a")))
    assert await wire.answer(Answer) == Answer(1, FoundProblems())
    wire.service.receive(ChangeText("a", 1, (Edit(Span(0, 6), "\ufeffy = "),)))
    wire.service.receive(Ask(2, AskProblems("a")))
    assert [one.code for one in (await wire.answer(Answer)).value.problems] == ["SyntaxError"]  # type: ignore[union-attr]


def test_frames_are_read_one_by_one_and_a_cut_one_is_the_end() -> None:
    messages = [CONFIGURE, Open("a", 0, "é😀\ud800"), Cancel(3)]
    stream = b"".join(map(pack, messages))
    whole, cut = io.BytesIO(stream), io.BytesIO(stream[:-1])
    assert [read_frame(whole) for _ in range(4)] == [*messages, None]
    assert [read_frame(cut) for _ in range(3)] == [*messages[:2], None]
    assert read_frame(io.BytesIO(b"\x01")) is None
