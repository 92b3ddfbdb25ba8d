"""Types in the worker: they are asked where nothing is proven, and what is found without them does not wait."""

from __future__ import annotations

import asyncio
import sys
import sysconfig
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from anyio.abc import TaskGroup

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.types.jedi_service import COMMAND, jedi_service
from quickfix_ls.languages.python.types.resident import Resident
from quickfix_ls.languages.python.types.type_evidence import TYPES
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.values import Offer, Reported, Span, apply_edits
from quickfix_ls.worker.answers import offers_at
from quickfix_ls.worker.frames import Answer, Ask, AskOffers, Configure, Late, Open, Ready
from quickfix_ls.worker.open_documents import OpenDocument
from quickfix_ls.worker.type_lookup import TypeLookup
from tests.kit_python import PYTHON, python_index
from tests.worker.wire import wired

SECONDS = 120.0
SHAPES = "class Shape:\n    def __init__(self):\n        self.width = 1\n\n    def format(self): ...\n"
TYPED = "from shapes import Shape\n\nprint(Shape().wdth)\n"
SUSPECTED = "from shapes import Shape\n\nprint(Shape().formar())\n"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


@pytest.fixture
async def resident() -> AsyncIterator[Resident]:
    one = jedi_service(SECONDS)
    yield one
    await one.aclose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shapes.py").write_text(SHAPES)
    return tmp_path


async def answer(
    pipeline: Pipeline,
    document: OpenDocument,
    wrong: str,
    types: TypeLookup,
    seconds: float = SECONDS,
    reported: tuple[Reported, ...] = (),
) -> list[Offer]:
    place = document.index.snapshot.text.index(wrong)
    question = AskOffers("a", Span(place, place + len(wrong)), reported, SECONDS, 3, inferring=seconds)
    answered = await offers_at(document, pipeline, question, types=types)
    return [offer for _, offers in answered for offer in offers]


def document_of(text: str) -> OpenDocument:
    return OpenDocument("a", 0, "", python_index(Snapshot.of(text)))


Types = Callable[..., TypeLookup]


@pytest.fixture
def types_for(tasks: TaskGroup, folder: Path) -> Types:
    """The types for a document beside the module of shapes; `late` takes the documents with late answers."""

    def types(document: OpenDocument, resident: Resident, late: list[str] | None = None) -> TypeLookup:
        def tell() -> None:
            if late is not None:
                late.append(document.uri)

        return TypeLookup(TYPES, resident, tasks, str(folder / "main.py"), (str(folder),), document.inferred, tell)

    return types


async def test_what_only_types_know_is_offered_and_says_so(
    pipeline: Pipeline, resident: Resident, types_for: Types
) -> None:
    document = document_of(TYPED)
    (first, *_) = await answer(pipeline, document, "wdth", types_for(document, resident))
    assert apply_edits(TYPED, first.candidate.edits) == TYPED.replace("wdth", "width")
    assert "`width` is an attribute, by its type" in first.verdict.checks


async def test_what_is_found_without_types_does_not_wait_for_them(
    pipeline: Pipeline, folder: Path, types_for: Types
) -> None:
    gate = folder / "gate"
    wait = f"import os, time\nwhile not os.path.exists({str(gate)!r}): time.sleep(0.01)\n"
    resident = jedi_service(SECONDS, command=(*COMMAND[:4], wait + COMMAND[4], *COMMAND[5:]))
    document, late = document_of(SUSPECTED), list[str]()
    types = types_for(document, resident, late)
    (first, *_) = await answer(pipeline, document, "formar", types)
    assert first.problem.origin == "suspicion"
    gate.touch()
    while not late:
        await asyncio.sleep(0.01)
    (first, *_) = await answer(pipeline, document, "formar", types, 0.0)
    await resident.aclose()
    assert "`format` is an attribute, by its type" in first.verdict.checks
    assert late == ["a"]


async def test_what_a_tool_reports_is_asked_about_wherever_the_cursor_goes(
    pipeline: Pipeline, resident: Resident, types_for: Types
) -> None:
    text = TYPED + "print(Shape().width)\n"
    document, late = document_of(text), list[str]()
    types = types_for(document, resident, late)
    place = text.index("wdth")
    unrelated = Reported("Line too long", Span(place, place), "Ruff", "E501")
    lacking = Reported('"Shape" has no attribute "wdth"', Span(place, place + 4), "mypy", "attr-defined")
    await answer(pipeline, document, "wdth", types, 0.0, (unrelated,))
    assert resident.pid is None
    await answer(pipeline, document, "wdth", types, 0.0, (lacking,))
    while not document.inferred:
        await asyncio.sleep(0.01)
    (first, *_) = await answer(pipeline, document, "wdth", types, 0.0, (lacking,))
    assert "`width` is an attribute, by its type" in first.verdict.checks
    assert first.problem.reported == 'mypy: "Shape" has no attribute "wdth"'


async def test_types_are_not_asked_about_what_is_proven(
    pipeline: Pipeline, resident: Resident, types_for: Types
) -> None:
    document = document_of("import math\n\nprint(math.squrt(2))\n")
    assert await answer(pipeline, document, "squrt", types_for(document, resident))
    assert resident.pid is None


async def test_types_that_take_too_long_are_not_waited_for(pipeline: Pipeline, types_for: Types) -> None:
    resident = jedi_service(0.0)
    document = document_of(TYPED)
    types = types_for(document, resident)
    assert await answer(pipeline, document, "wdth", types) == []
    assert set(document.inferred.values()) == {None}
    assert resident.pid is None


async def test_the_service_asks_types_where_somebody_asks(folder: Path) -> None:
    async with wired() as wire:
        wire.service.receive(Configure("lightgbm", (str(folder),)))
        await wire.answer(Ready)
        wire.service.receive(Open("a", 0, TYPED, str(folder / "main.py")))
        span = Span(TYPED.index("wdth"), TYPED.index("wdth"))
        wire.service.receive(Ask(1, AskOffers("a", span, (), SECONDS, 3)))
        unasked = await wire.answer(Answer)
        wire.service.receive(Ask(2, AskOffers("a", span, (), SECONDS, 3, inferring=SECONDS)))
        asked = await wire.answer(Answer)
        assert isinstance(unasked, Answer)
        assert unasked.value == ()
        assert isinstance(asked, Answer)
        assert isinstance(asked.value, tuple)
        ((problem, offers),) = asked.value
        assert problem.origin == "types"
        assert offers[0].candidate.edits[0].text == "width"
        assert not [one for one in wire.sent if isinstance(one, Late)]


async def test_without_ty_and_jedi_nothing_is_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jedi", None)
    monkeypatch.setattr(sysconfig, "get_path", lambda *arguments, **options: str(folder / "nowhere"))
    async with wired() as wire:
        wire.service.receive(Configure("lightgbm", (str(folder),)))
        await wire.answer(Ready)
        wire.service.receive(Open("a", 0, TYPED, str(folder / "main.py")))
        span = Span(TYPED.index("wdth"), TYPED.index("wdth"))
        wire.service.receive(Ask(1, AskOffers("a", span, (), SECONDS, 3, inferring=SECONDS)))
        answer = await wire.answer(Answer)
        assert isinstance(answer, Answer)
        assert answer.value == ()
