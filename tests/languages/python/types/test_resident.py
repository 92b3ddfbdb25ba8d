"""The process that infers types: started when it is asked, ended when it hangs, and started anew."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest
from anyio import move_on_after

from quickfix_ls.languages.python.types.inquiries import Facts, Inquiry, TypeQuestion
from quickfix_ls.languages.python.types.jedi_service import COMMAND, is_installed, jedi_service
from quickfix_ls.tasks import side_by_side

TEXT = "import math\nmath.squrt(2)\nmath.flor(2)\n"
QUESTION = TypeQuestion(
    TEXT, "", (), (Inquiry("attribute", TEXT.index("squrt")), Inquiry("attribute", TEXT.index("flor")))
)
SECONDS = 120.0


def hanging_once(folder: Path) -> tuple[str, ...]:
    """The command of a process that never answers when it is first started."""
    marker = str(folder / "started")
    code = (
        f"import os, sys, time; first = not os.path.exists({marker!r}); open({marker!r}, 'w').close(); "
        "first and time.sleep(10_000); " + COMMAND[4]
    )
    return (*COMMAND[:4], code, *COMMAND[5:])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_all_inquiries_are_answered() -> None:
    resident = jedi_service(SECONDS)
    assert resident.pid is None
    root, floor = await resident.ask(QUESTION)
    await resident.aclose()
    assert isinstance(root, Facts)
    assert isinstance(floor, Facts)
    assert "sqrt" in root.names
    assert "floor" in floor.names


async def test_one_process_answers_all_questions() -> None:
    resident = jedi_service(SECONDS)
    first, second = await side_by_side(partial(resident.ask, QUESTION), partial(resident.ask, QUESTION))
    assert first == second
    pid = resident.pid
    await resident.ask(QUESTION)
    assert resident.pid == pid
    await resident.aclose()
    assert pid is not None
    assert not is_running(pid)


async def test_one_that_takes_too_long_is_killed_and_the_next_one_answers(tmp_path: Path) -> None:
    resident = jedi_service(1.0, command=hanging_once(tmp_path))
    assert await resident.ask(QUESTION) == (None, None)
    assert (tmp_path / "started").exists()
    assert resident.pid is None
    resident = jedi_service(SECONDS, command=hanging_once(tmp_path))
    assert all(await resident.ask(QUESTION))
    await resident.aclose()


async def test_what_was_answered_in_time_is_kept() -> None:
    code = """import sys, time; sys.stdin.readline(); print('["A", ["b"], true]', flush=True); time.sleep(10_000)"""
    resident = jedi_service(2.0, command=(sys.executable, "-c", code))
    assert await resident.ask(QUESTION) == (Facts("A", frozenset({"b"}), True), None)
    assert resident.pid is None


async def test_one_that_died_is_started_anew() -> None:
    resident = jedi_service(SECONDS)
    await resident.ask(QUESTION)
    pid = resident.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    answers = await resident.ask(QUESTION)
    if not any(answers):
        # Its end was not known yet: that question is lost, the next one is not.
        answers = await resident.ask(QUESTION)
    assert all(answers)
    assert resident.pid not in (None, pid)
    await resident.aclose()


async def test_cancelling_a_question_ends_the_process(tmp_path: Path) -> None:
    resident = jedi_service(SECONDS, command=hanging_once(tmp_path))
    with move_on_after(0.2) as patience:
        await resident.ask(QUESTION)
    assert patience.cancelled_caught
    assert resident.pid is None
    await resident.aclose()


async def test_one_that_nobody_asks_is_stopped() -> None:
    resident = jedi_service(SECONDS, idle_seconds=0.0)
    await resident.ask(QUESTION)
    process = resident._process
    assert process is not None
    assert await process.wait() != 0
    assert all(await resident.ask(QUESTION))
    await resident.aclose()


def test_it_is_told_whether_jedi_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_installed()
    monkeypatch.setitem(sys.modules, "jedi", None)
    assert not is_installed()
