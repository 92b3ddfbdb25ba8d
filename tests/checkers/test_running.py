"""Running a tool: found on PATH alone, in a folder of its own, stopped with all that it started."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls.checkers.checker import Checker, ToolDiagnostic
from quickfix_ls.checkers.running import find, run
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Reported, Span

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tools of these tests are scripts with a shebang")

BOUND = 60.0
TEXT = "x = '\N{GRINNING FACE}' + y\r\n"

Tool = Callable[[str], Checker]


def _read(output: str) -> Iterator[ToolDiagnostic]:
    for message, column in json.loads(output):
        yield ToolDiagnostic(message, "X1", (0, column), (0, column + 1))


CHECKER = Checker("tool", frozenset({"tool"}), (), ("tool", "--python={major}.{minor}"), _read, "utf-16")


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tool:
    """Makes a tool of a Python program, the only one on PATH."""

    def make(program: str) -> Checker:
        path = tmp_path / "bin" / "tool"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{program}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(path.parent))
        return CHECKER

    return make


async def bounded(waiting: Awaitable[Any]) -> Any:
    return await asyncio.wait_for(waiting, BOUND)


async def ran(checker: Checker, seconds: float = BOUND, suffix: str = ".py") -> tuple[Reported, ...] | None:
    return await run(checker, Snapshot.of(TEXT), (3, 11), seconds, suffix)


async def test_places_are_in_code_points(tool: Tool) -> None:
    found = await ran(tool("print(json.dumps([['y', 11]]))"))
    assert found == (Reported("y", Span(TEXT.index("y"), TEXT.index("y") + 1), "tool", "X1"),)


async def test_the_copy_lies_alone_and_is_the_text_to_the_byte(tool: Tool) -> None:
    program = (
        "data = open(sys.argv[-1], 'rb').read().hex()\n"
        "print(json.dumps([[json.dumps([data, os.listdir('.'), os.getcwd(), sys.argv[1]]), 0]]))"
    )
    (found,) = await ran(tool(program), suffix=".pyi") or ()
    data, files, folder, version = json.loads(found.message)
    assert bytes.fromhex(data) == TEXT.encode()
    assert files == ["shadow.pyi"]
    assert version == "--python=3.11"
    assert not Path(folder).exists()


async def test_a_tool_is_not_told_where_other_code_lies(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = tool("print(json.dumps([[str(sorted(one for one in os.environ if one.endswith(('PATH', 'HOME')))), 0]]))")
    for name in ("PYTHONPATH", "PYTHONHOME", "MYPYPATH"):
        monkeypatch.setenv(name, "/project")
    (found,) = await ran(checker) or ()
    assert "'PATH'" in found.message
    assert "PYTHON" not in found.message
    assert "MYPY" not in found.message


@pytest.mark.parametrize("program", ["sys.exit(2)", "print('Traceback')", "print('[[1]]')", "print('3')"])
async def test_what_is_no_report_says_nothing(tool: Tool, program: str) -> None:
    assert await ran(tool(program)) is None


async def test_a_report_of_nothing_is_a_report(tool: Tool) -> None:
    assert await ran(tool("print('[]')\nsys.exit(1)")) == ()


async def test_a_tool_that_does_not_end_says_nothing(tool: Tool) -> None:
    assert await ran(tool("time.sleep(600)"), seconds=0.01) is None


async def test_cancelling_stops_a_tool_with_what_it_started(tool: Tool, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    child = f"import time; pipe = open({str(pipe)!r}, 'wb', 0); pipe.write(b'x'); time.sleep(600)"
    checker = tool(f"import subprocess\nsubprocess.run([{sys.executable!r}, '-c', {child!r}])")
    running = asyncio.ensure_future(ran(checker))
    with await bounded(asyncio.to_thread(open, pipe, "rb", 0)) as alive:
        assert await bounded(asyncio.to_thread(alive.read, 1)) == b"x"
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await bounded(running)
        # The end of the pipe: whoever had it open for writing is no more.
        assert await bounded(asyncio.to_thread(alive.read, 1)) == b""


def test_it_is_found_on_path_alone(tool: Tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool("")
    assert find("tool") == str(tmp_path / "bin" / "tool")
    assert find("no-such-tool") is None
    monkeypatch.chdir(tmp_path / "bin")
    for path in ("", ".", os.pathsep, "../bin"):
        monkeypatch.setenv("PATH", path)
        assert find("tool") is None


async def test_an_absent_tool_says_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await ran(CHECKER) is None
