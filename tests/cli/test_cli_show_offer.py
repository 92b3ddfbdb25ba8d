"""`show-offer`: the fixes of a line with their reasons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quickfix_ls.cli import main

pytestmark = pytest.mark.usefixtures("own_state")


def test_the_fixes_of_a_line_and_why(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text("total = 1\nprint(totl)\n", encoding="utf-8")
    assert main(["show-offer", f"{path}:2"]) == 0
    shown = capfd.readouterr().out
    assert "2 + print(total)" in shown
    assert " % sure" in shown
    (why,) = (line for line in shown.splitlines() if line.startswith("  = why: "))
    assert len(why) > 20


def test_no_fix_is_said_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.py"
    path.write_text("total = 1\nprint(totl)\n", encoding="utf-8")
    assert main(["show-offer", f"{path}:2", "--set", "minProbability=1"]) == 1
    assert re.search(
        r"= no fix: none that is sure enough: the best is \d+ % sure, and none is shown below 100 %",
        capfd.readouterr().out,
    )


@pytest.mark.parametrize(
    ("place", "said"), [("a.py", "PATH:LINE"), ("{}:1", "there is no problem"), ("no.py:1", "no.py")]
)
def test_a_place_without_a_problem_is_bad_usage(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], place: str, said: str
) -> None:
    path = tmp_path / "fine.py"
    path.write_text("print(1)\n", encoding="utf-8")
    assert main(["show-offer", place.format(path)]) == 2
    assert said in capfd.readouterr().err
