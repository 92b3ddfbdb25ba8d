"""What a person reads: colours, quiet, the reasons for silence, the checkers, and a reader that goes away."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from quickfix_ls.cli import main
from quickfix_ls.commands.selection import UNSAFE_PROBABILITY

pytestmark = pytest.mark.usefixtures("own_state")

TYPO = "total = 1\nprint(totl)\n"
MENDED = "total = 1\nprint(total)\n"
RENAMING = ["correct_typo", "rename_to_nearest"]
HOPELESS = "print(qqqqzzzz)\n"
LIKELY = "x = 1\n(x\nprint(x)\n"
"""Text whose fix is likely, but not sure."""

ROOT = Path(__file__).parents[2]
MAIN = [sys.executable, "-m", "quickfix_ls"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(capfd: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["fix", *arguments]) == code
    return capfd.readouterr().out


# -- which files -----------------------------------------------------------------------------------------------


def test_without_a_path_this_folder_is_looked_at(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(TYPO)
    assert os.path.join(".", "a.py") in shown(capfd, "--check", code=1)
    shown(capfd, "--write", "--unsafe")
    assert (folder / "a.py").read_text() == MENDED


def test_where_there_is_nothing_to_look_at_it_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix"]) == 0
    assert capfd.readouterr().err == "quickfix-ls: there are no files to look at in .\n"
    assert main(["fix", "-q"]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.ipynb", "only format 4 is read"), (os.devnull, "it is no file"), ("no", "No such file")],
)
def test_what_can_not_be_read_is_an_error(
    folder: Path, capfd: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    (folder / "a.ipynb").write_text('{"cells": []}')
    for mode in ([], ["--check"], ["--write"], ["--json"], ["--diff"]):
        assert main(["fix", *mode, name]) == 2
        assert words in capfd.readouterr().err
    assert (folder / "a.ipynb").read_text() == '{"cells": []}'


# -- what is applied -------------------------------------------------------------------------------------------


def test_what_is_not_safe_is_written_only_with_unsafe(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(LIKELY)
    said = shown(capfd, "--write", "a.py", code=1)
    assert (folder / "a.py").read_text() == LIKELY
    assert "(--unsafe applies it)" in said
    assert f"1 less sure: --unsafe applies those from {100 * UNSAFE_PROBABILITY:.0f} %" in said
    assert main(["fix", "--diff", "a.py"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "Nothing fixed, 1 problem left" in err
    assert "+(x)\n" in shown(capfd, "--diff", "--unsafe", "a.py")
    shown(capfd, "--write", "--unsafe", "a.py")
    assert (folder / "a.py").read_text() == LIKELY.replace("(x\n", "(x)\n")


def test_unsafe_is_for_modes_that_apply(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for mode in ([], ["--check"], ["--json"]):
        assert main(["fix", "--unsafe", *mode, "."]) == 2
        assert "--unsafe is for --write and --diff" in capfd.readouterr().err


# -- how it looks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "variables", "is_coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_as_they_are_wished(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, options: list[str],
    variables: dict[str, str], is_coloured: bool,
) -> None:  # fmt: skip
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    (folder / "a.py").write_text(TYPO)
    out = shown(capfd, *options, "a.py")
    assert ("\x1b[" in out) is is_coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", out) == shown(capfd, "--color", "never", "a.py")


def test_quiet_leaves_out_what_was_done(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(TYPO + HOPELESS)
    assert "problems in 1 file" not in shown(capfd, "-q", "a.py", code=1)
    assert main(["fix", "--quiet", "--write", "--unsafe", "a.py"]) == 1
    out, err = capfd.readouterr()
    assert out.startswith("left: a.py:3:7: NameError: ")
    assert len(out.splitlines()) == 1
    assert err == ""


def test_what_one_fix_mends_shows_it_once(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text("x = (1\ny = [2\nprint(x, y)\n")
    out = shown(capfd, "--set", "minProbability=0", "a.py")
    titles = re.findall(r"^ *= fix: (.*)$", out, re.M)
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("mode", [[], ["--check"], ["--json"], ["--diff"], ["--write"]])
def test_a_reader_that_goes_away_leaves_no_traceback(folder: Path, mode: list[str]) -> None:
    for number in range(3):
        (folder / f"a{number}.py").write_text(TYPO)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]]), "PYTHONUNBUFFERED": "1"}
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*MAIN, "fix", *mode], stdout=writer, stderr=subprocess.PIPE, env=environment, text=True)
    os.close(writer)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


# -- why there is no fix ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (['perPath={"a.py": "all"}'], "the setting `perPath`"),
        ([f"disabledFixers={','.join(RENAMING)}"], "its fix is by correct_typo and rename_to_nearest, which the"),
        ([f"perPath={json.dumps({'a.py': RENAMING})}"], "its fix is by correct_typo and rename_to_nearest"),
        (["minProbability=1"], "none that is sure enough: the best is 9"),
    ],
)
def test_the_reason_is_said(folder: Path, capfd: pytest.CaptureFixture[str], settings: list[str], words: str) -> None:
    (folder / "a.py").write_text(TYPO)
    options = [option for setting in settings for option in ("--set", setting)]
    for mode in ([], ["--json"], ["--write"]):
        assert words in shown(capfd, *mode, *options, "a.py", code=1)
    assert (folder / "a.py").read_text() == TYPO


def test_a_refused_fix_is_the_reason(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(TYPO)
    assert main(["never", "add", "a.py:2"]) == 0
    said = shown(capfd, "--write", "a.py", code=1)
    assert "no fix: you refused its fix for ever" in said
    assert "(1 that you or your settings refuse)" in said


def test_where_there_is_no_idea_it_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(HOPELESS)
    assert "= no fix: none was found that holds" in shown(capfd, "a.py", code=1)
    (folder / "b.py").write_text(TYPO)
    assert "= no fix: none by add_colon" in shown(capfd, "--fixer", "add_colon", "b.py", code=1)


# -- checkers --------------------------------------------------------------------------------------------------

UNTYPED = "def greet(name: str) -> str:\n    return name\n\n\nage = 3\nprint('I am ' + age)\nprint(lenn([]))\n"


@pytest.mark.skipif(shutil.which("ty") is None, reason="ty is not installed")
def test_what_checkers_report_is_fixed_and_proven(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "a.py").write_text(UNTYPED)
    assert "TypeError" not in shown(capfd, "--check", "a.py", code=1)
    options = ["--set", "checkers=ty,ruff", "a.py"]
    assert "TypeError: Operator `+` is not supported" in shown(capfd, "--check", *options, code=1)
    out = shown(capfd, *options)
    assert "print('I am ' + str(age))" in out
    assert "checked with ty" in out
    assert out.count("TypeError") == 1
    assert out.count("NameError") == 1
    shown(capfd, "--write", *options, code=1)
    assert (folder / "a.py").read_text() == UNTYPED
    shown(capfd, "--write", "--unsafe", *options)
    assert (folder / "a.py").read_text() == UNTYPED.replace("lenn", "len").replace("+ age", "+ str(age)")


@pytest.mark.skipif(shutil.which("ty") is None, reason="ty is not installed")
def test_modules_that_a_checker_can_not_see_are_no_problems(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "shapes.py").write_text("area = 1\n")
    (folder / "a.py").write_text("from shapes import area\n\nprint(area)\n")
    assert shown(capfd, "--check", "--set", "checkers=ty", "a.py") == ""


def test_checkers_that_are_not_there_are_told_once(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder))
    for name in ("a.py", "b.py"):
        (folder / name).write_text(TYPO)
    assert main(["fix", "--set", "checkers=ruff,nonsense", "."]) == 0
    told = capfd.readouterr().err.splitlines()
    assert [line.partition(":")[2].split(",")[0] for line in told] == [
        " the checker ruff is not on PATH: pip install ruff",
        " there is no checker `nonsense`; the checkers are basedpyright",
    ]


# -- what is missing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "missing", "words"),
    [
        (["train", "--quick"], "sklearn", "pip install 'quickfix-ls[train]'"),
        (["candidates", "--out", "a.parquet"], "pyarrow", "pip install 'quickfix-ls[train]'"),
        (["fix", "a.py"], "rich", "rich is not installed: pip install quickfix-ls"),
    ],
)
def test_a_missing_package_is_no_traceback(folder: Path, arguments: list[str], missing: str, words: str) -> None:
    (folder / "a.py").write_text(TYPO)
    code = (
        f"import sys; sys.modules[{missing!r}] = None; from quickfix_ls.cli import main; sys.exit(main({arguments!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
