"""The user's checkers in the worker: what they report is fixed too, and fixes are run past them."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path

import pytest

from quickfix_ls.checkers.serving import Servers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.tasks import background
from quickfix_ls.values import Offer, Reported, Span, apply_edits
from quickfix_ls.worker.answers import offers_at
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.frames import Answer, Ask, AskOffers, Cancel, Configure, Failed, Open, Ready
from quickfix_ls.worker.open_documents import OpenDocument
from tests.checkers.kit import needs, tools_on_path
from tests.kit_python import PYTHON, python_index
from tests.worker.wire import wired

SECONDS = 120.0
LIMIT = 3
NAMES = "length = 3\nprint(lenght)\n"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


async def answer(
    pipeline: Pipeline,
    text: str,
    wrong: str,
    *tools: str,
    document: OpenDocument | None = None,
    seconds: float = SECONDS,
) -> list[Offer]:
    """All offers about a place of a text, with these checkers."""
    document = document or OpenDocument("a", 0, "", python_index(Snapshot.of(text)))
    place = text.index(wrong)
    question = AskOffers("a", Span(place, place + len(wrong)), (), SECONDS, LIMIT, 0.0, seconds)
    async with background() as tasks, aclosing(Servers(tasks)) as servers:
        checking = Checking(tools, "", time.monotonic() + seconds, document.checked, servers)
        answered = await offers_at(document, pipeline, question, None, checking)
    return [offer for _, offers in answered for offer in offers]


@pytest.mark.parametrize(
    ("tool", "text", "wrong", "right"),
    [
        pytest.param("ruff", NAMES, "lenght", "length", marks=needs("ruff")),
        pytest.param("ruff", "print((1 + 2)\nprint(3)\n", "2)", "2))", marks=needs("ruff")),
        pytest.param("ty", "import math\nprint(math.squrt(2))\n", "squrt", "sqrt", marks=needs("ty")),
        pytest.param(
            "basedpyright", "class A:\n    def f():\n        return 1\n", "f()", "f(self)", marks=needs("basedpyright")
        ),
        pytest.param(
            "mypy", "from pathlib import Path\n\nprint(Path('a').read_txt())\n", "txt", "text", marks=needs("mypy")
        ),
        pytest.param("ty", 'n = 3\nprint("n: " + n)\n', "+ n", "+ str(n)", marks=needs("ty")),
        pytest.param("ty", "for i in 3:\n    print(i)\n", "3", "range(3)", marks=needs("ty")),
        pytest.param("pylint", "import jsn\n\nprint(jsn.dumps([1]))\n", "jsn", "json", marks=needs("pylint")),
    ],
)
async def test_the_right_fix_is_offered_and_proven(
    pipeline: Pipeline, tool: str, text: str, wrong: str, right: str
) -> None:
    with tools_on_path():
        first = (await answer(pipeline, text, wrong, tool))[0]
    assert apply_edits(text, first.candidate.edits) == text.replace(wrong, right)
    assert first.verdict.checks[-1] == f"checked with {tool}"


async def test_a_tool_that_reports_nothing_proves_nothing(pipeline: Pipeline) -> None:
    text = "import math\nprint(math.squrt(2))\n"
    with tools_on_path():
        first = (await answer(pipeline, text, "squrt", "ruff", "astrology"))[0]
    assert not any("checked with" in check for check in first.verdict.checks)


# -- a tool that says what the test wants -------------------------------------------------------------------------

FakeRuff = Callable[[str], Path]


@pytest.fixture
def fake_ruff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRuff:
    """Puts a Python program in ruff's place. It has the file's `text`, and calls `report(message, code)`, which places
    a diagnostic on the second line. Returns the file to which each run adds a line."""
    if os.name == "nt":
        pytest.skip("the tool is a script with a shebang")

    def make(program: str) -> Path:
        runs, path = tmp_path / "runs", tmp_path / "bin" / "ruff"
        path.parent.mkdir()
        path.write_text(
            f"#!{sys.executable}\nimport json, sys, time\ntext, found = open(sys.argv[-1]).read(), []\n"
            f"open({str(runs)!r}, 'a').write('run\\n')\n"
            "def report(message, code='F821'):\n"
            "    place = {'row': 2, 'column': 7}\n"
            "    found.append({'message': message, 'code': code, 'location': place, 'end_location': place})\n"
            f"{program}\nprint(json.dumps(found))\n"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(path.parent))
        return runs

    return make


UNDEFINED = "if 'lenght' in text: report('Undefined name `lenght`')\n"


async def test_a_fix_that_brings_a_new_error_gives_way_to_the_next(fake_ruff: FakeRuff) -> None:
    pipeline = Pipeline.load(PYTHON, min_probability=0.0)
    text = "length = lengths = 3\nprint(lenght)\n"
    plain = await answer(pipeline, text, "lenght")
    assert len(plain) >= 2
    makes = [apply_edits(text, offer.candidate.edits) for offer in plain]
    fake_ruff(f"{UNDEFINED}if text == {makes[0]!r}: report('something else', 'F811')")
    checked = await answer(pipeline, text, "lenght", "ruff")
    assert checked[0].candidate == plain[1].candidate
    assert "checked with ruff" in checked[0].verdict.checks
    assert plain[0].candidate not in [offer.candidate for offer in checked]
    assert len(checked) <= LIMIT


async def test_a_fix_that_leaves_the_error_is_not_shown(pipeline: Pipeline, fake_ruff: FakeRuff) -> None:
    text = "x = 1\nif x > 1\n    print(x)\n"
    assert (await answer(pipeline, text, "if"))[0].preferred
    fake_ruff("report('Expected `:`', 'invalid-syntax')")
    assert await answer(pipeline, text, "if", "ruff") == []


async def test_an_error_behind_a_mended_one_says_nothing(pipeline: Pipeline, fake_ruff: FakeRuff) -> None:
    text = "x = 1\nif x > 1\n    print(x)\n"
    fake_ruff("report('Expected an expression' if 'x > 1:' in text else 'Expected `:`', 'invalid-syntax')")
    checked = await answer(pipeline, text, "if", "ruff")
    assert checked
    assert not any("checked with ruff" in offer.verdict.checks for offer in checked)


async def test_of_types_only_what_is_proven_is_shown(pipeline: Pipeline, fake_ruff: FakeRuff) -> None:
    text = "count = 0\ndef bump(): pass\n\n\ndef add():\n    count += 1\n"
    wrong = "report('Local variable `count` referenced before assignment', 'F823')"
    line = "found[-1]['location'] = found[-1]['end_location'] = {'row': 6, 'column': 5}"
    fake_ruff(f"if 'global' not in text: {wrong}; {line}")
    (offer,) = await answer(pipeline, text, "count += 1", "ruff")
    assert apply_edits(text, offer.candidate.edits) == text.replace("    count", "    global count\n    count")
    assert ("checked with ruff" in offer.verdict.checks, offer.preferred) == (True, False)


async def test_of_types_nothing_is_shown_without_a_checker(pipeline: Pipeline) -> None:
    text = 'n = 3\nprint("n: " + n)\n'
    document = OpenDocument("a", 0, "", python_index(Snapshot.of(text)))
    span = Span(text.index('"n'), text.index(")"))
    reported = (Reported('Unsupported operand types for + ("str" and "int")', span, "mypy", "operator"),)
    question = AskOffers("a", span, reported, SECONDS, LIMIT)
    assert await offers_at(document, pipeline, question) == ()


async def test_an_import_that_the_lone_copy_lacks_is_no_new_error(pipeline: Pipeline, fake_ruff: FakeRuff) -> None:
    text = "x = 1\nprint(json.dumps(x))\n"
    fake_ruff(
        "if 'import' not in text: report('Undefined name `json`')\n"
        "else: found.append({'message': 'no such module', 'code': 'X1', 'location': {'row': 1, 'column': 1},"
        " 'end_location': {'row': 1, 'column': 1}})"
    )
    first = (await answer(pipeline, text, "json", "ruff"))[0]
    assert first.candidate.title == "Import `json`"
    assert "checked with ruff" in first.verdict.checks


async def test_what_was_checked_is_known_without_running_again(pipeline: Pipeline, fake_ruff: FakeRuff) -> None:
    runs = fake_ruff(UNDEFINED)
    document = OpenDocument("a", 0, "", python_index(Snapshot.of(NAMES)))
    # A cursor that moves starts nothing.
    moved = await answer(pipeline, NAMES, "lenght", "ruff", document=document, seconds=0.0)
    assert moved
    assert not runs.exists()
    asked = await answer(pipeline, NAMES, "lenght", "ruff", document=document)
    assert "checked with ruff" in asked[0].verdict.checks
    count = runs.read_text().count("run")
    assert await answer(pipeline, NAMES, "lenght", "ruff", document=document, seconds=0.0) == asked
    assert runs.read_text().count("run") == count


async def test_cancelling_a_request_ends_its_checkers(fake_ruff: FakeRuff, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    fake_ruff(f"alive = open({str(pipe)!r}, 'wb', 0)\nalive.write(b'x')\ntime.sleep(600)")
    async with wired() as wire:
        wire.service.receive(Configure("first", (), ({"checkers": ["ruff"], "minProbability": 0},)))
        await wire.answer(Ready)
        wire.service.receive(Open("a", 0, NAMES))
        place = NAMES.index("lenght")
        wire.service.receive(Ask(1, AskOffers("a", Span(place, place + 6), (), 5.0, 3, 0.0, SECONDS)))
        with await asyncio.to_thread(open, pipe, "rb", 0) as alive:
            assert await asyncio.to_thread(alive.read, 1) == b"x"
            wire.service.receive(Cancel(1))
            await wire.answer(Failed)
            assert await asyncio.to_thread(alive.read, 1) == b""
        # The worker goes on to answer.
        wire.service.receive(Ask(2, AskOffers("a", Span(place, place + 6), (), 5.0, 3)))
        await wire.answer(Answer)
