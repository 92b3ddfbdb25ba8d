"""Types on the command line: what is suspected in a file and what its types confirm."""

from __future__ import annotations

import sys
import sysconfig
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from quickfix_ls.cli import main
from quickfix_ls.commands import types
from quickfix_ls.commands.types import SECONDS, types_of
from quickfix_ls.documents.snapshot import Snapshot
from tests.kit_python import python_index

SHAPES = "class Shape:\n    def __init__(self):\n        self.colour = 1\n"
MAIN = "from shapes import Shape\n\nprint(Shape().coulour)\nprint(Shape().colour)\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "shapes.py").write_text(SHAPES)
    (tmp_path / "main.py").write_text(MAIN)
    return tmp_path / "main.py"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much time as a busy machine may need."""
    monkeypatch.setattr(types, "SECONDS", 60.0)


def test_fix_shows_what_types_confirm(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "'Shape' object has no attribute 'coulour'" in shown
    assert "`colour` is an attribute, by its type" in shown


def test_fix_writes_what_types_confirm(path: Path) -> None:
    assert main(["fix", "--write", "--unsafe", str(path)]) == 0
    assert path.read_text() == MAIN.replace("coulour", "colour")


def test_show_offer_knows_the_types_of_a_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show-offer", f"{path}:3"]) == 0
    assert "by its type" in capsys.readouterr().out


def without_ty(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Hide the program that is installed beside the package."""
    monkeypatch.setattr(sysconfig, "get_path", lambda *arguments, **options: str(folder / "nowhere"))


def test_where_only_jedi_is_installed_it_confirms_too(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_ty(monkeypatch, path.parent)
    assert main(["fix", "--write", "--unsafe", str(path)]) == 0
    assert path.read_text() == MAIN.replace("coulour", "colour")
    main(["doctor"])
    assert "types by jedi: " in capsys.readouterr().out


def test_without_both_nothing_is_confirmed(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    without_ty(monkeypatch, path.parent)
    monkeypatch.setitem(sys.modules, "jedi", None)
    assert main(["fix", str(path)]) == 0
    assert "0 problems" in capsys.readouterr().out
    main(["doctor"])
    assert "pip install 'quickfix-ls[types]'" in capsys.readouterr().out


def test_doctor_tells_what_types_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    line = next(line for line in capsys.readouterr().out.splitlines() if " types by " in line)
    assert line.startswith("works")


def test_check_lists_what_types_confirm(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--check", str(path)]) == 1
    assert "AttributeError: 'Shape' object has no attribute 'coulour'" in capsys.readouterr().out


def test_what_is_found_without_types_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "main.py"
    path.write_text("import math\n\nprint(math.squrt(2))\nprint([].apend(1))\n")
    main(["fix", "--check", str(path)])
    assert len(capsys.readouterr().out.splitlines()) == 2


async def test_a_command_waits_for_types_no_longer_than_it_may(path: Path) -> None:
    index = python_index(Snapshot.of(MAIN))
    async with types_of([str(path.parent)], seconds=0.0) as types:
        assert await types.finder(str(path))(index) == []
        assert types.note == "the types took longer than 0 s: 2 names that may be misspelt were left unchecked"
    async with types_of([str(path.parent)], seconds=120.0) as types:
        (problem,) = await types.finder(str(path))(index)
        assert (problem.name, types.note) == ("coulour", "")


def test_what_was_left_out_for_want_of_time_is_said(
    path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quickfix_ls.commands.run.types_of", partial(types_of, seconds=0.0))
    assert main(["fix", str(path)]) == 0
    shown = capfd.readouterr()
    assert "0 problems" in shown.out
    assert "quickfix-ls: the types took longer than 0 s" in shown.err
    main(["fix", "-q", str(path)])
    assert capfd.readouterr().err == ""


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
def test_with_a_large_library_it_does_not_wait_either(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "main.py"
    path.write_text("import pandas as pd\n\nframe = pd.DataFrame()\nprint(frame.gruopby('a'))\n")
    began = time.monotonic()
    main(["fix", str(path)])
    taken = time.monotonic() - began
    shown = capfd.readouterr()
    assert "Replace `gruopby` with `groupby`" in shown.out or "the types took longer than 2 s" in shown.err
    assert taken < SECONDS + 8
