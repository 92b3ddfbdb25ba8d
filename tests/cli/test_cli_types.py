"""Types on the command line: what is suspected in a file and what its types confirm."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quickfix_ls.cli import main

SHAPES = "class Shape:\n    def __init__(self):\n        self.colour = 1\n"
MAIN = "from shapes import Shape\n\nprint(Shape().coulour)\nprint(Shape().colour)\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "shapes.py").write_text(SHAPES)
    (tmp_path / "main.py").write_text(MAIN)
    return tmp_path / "main.py"


def test_fix_shows_what_types_confirm(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "'Shape' object has no attribute 'coulour'" in shown
    assert "`colour` is an attribute, by its type" in shown


def test_fix_writes_what_types_confirm(path: Path) -> None:
    assert main(["fix", "--write", str(path)]) == 0
    assert path.read_text() == MAIN.replace("coulour", "colour")


def test_show_offer_knows_the_types_of_a_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show-offer", f"{path}:3"]) == 0
    assert "by its type" in capsys.readouterr().out


def test_without_jedi_nothing_is_confirmed(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jedi", None)
    assert main(["fix", str(path)]) == 0
    assert "0 problems" in capsys.readouterr().out
    main(["doctor"])
    assert "pip install 'quickfix-ls[types]'" in capsys.readouterr().out


def test_doctor_tells_that_jedi_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    line = next(line for line in capsys.readouterr().out.splitlines() if " jedi: " in line)
    assert line.startswith("works")
