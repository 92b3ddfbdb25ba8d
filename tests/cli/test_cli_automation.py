"""The command line for other programs: the formats of `--check`, settings, and which problems and fixes count."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quickfix_ls import __version__
from quickfix_ls.cli import main

BROKEN = "def double(x)\n    return 2 * x\n"
NAME = "print(lenn([]))\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with three files."""
    monkeypatch.chdir(tmp_path)
    put("a, b.py", BROKEN)
    put("pkg/c.py", f"s = '\N{GRINNING FACE}'; {NAME}")
    put("pkg/fine.py", "x = 1\n")
    return tmp_path


def put(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def checked(capfd: pytest.CaptureFixture[str], *arguments: str, code: int = 1) -> str:
    assert main(["fix", "--check", *arguments]) == code
    return capfd.readouterr().out


# -- formats -------------------------------------------------------------------------------------------------


def test_github_annotations(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shown = checked(capfd, "--format", "github", "a, b.py", "pkg")
    assert shown.splitlines() == [
        "::error file=a%2C b.py,line=1,col=14,endLine=1,endColumn=14,title=SyntaxError::expected ':'",
        "::error file=pkg/c.py,line=1,col=16,endLine=1,endColumn=20,title=NameError::name 'lenn' is not defined",
    ]


def test_json_is_that_of_fix_without_offers(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = json.loads(checked(capfd, "--format", "json", "a, b.py", "pkg", "nowhere.py", code=2))
    assert main(["fix", "--json", "a, b.py", "pkg", "nowhere.py"]) == 2
    full = json.loads(capfd.readouterr().out)
    for file in full["files"]:
        for problem in file["problems"]:
            del problem["offers"]
            del problem["reason"]
    assert report == full
    assert len(report["failed"]) == 1
    assert [len(file["problems"]) for file in report["files"]] == [1, 1, 0]


def test_the_json_is_documented(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "json.md").read_text(encoding="utf-8"), re.M))
    cell = {"cell_type": "code", "source": "total = 1\nprint(totl)"}
    (folder / "n.ipynb").write_text(json.dumps({"nbformat": 4, "cells": [cell]}))
    main(["fix", "--json", "a, b.py", "n.ipynb"])
    report = json.loads(capfd.readouterr().out)
    assert documented == keys_of(report)
    version = re.search(r"version (\d+)", (ROOT / "docs" / "json.md").read_text(encoding="utf-8"))
    assert version is not None
    assert int(version[1]) == report["version"]


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_sarif_has_what_its_specification_requires(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = json.loads(
        checked(capfd, "--format", "sarif", "a, b.py", "pkg", str(folder / "pkg" / "c.py"), "no.py", code=2)
    )
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("quickfix-ls", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (note,) = invocation["toolExecutionNotifications"]
    assert "no.py: can't be read" in note["message"]["text"]
    syntax, name = run["results"]
    for result in (syntax, name):
        assert result["level"] == "error"
        assert result["message"]["text"]
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert driver["rules"][result["ruleIndex"]]["shortDescription"]["text"]
    assert (syntax["ruleId"], name["ruleId"]) == ("SyntaxError", "NameError")
    places = [result["locations"][0]["physicalLocation"] for result in (syntax, name)]
    assert [place["artifactLocation"]["uri"] for place in places] == ["a%2C%20b.py", "pkg/c.py"]
    assert places[1]["region"] == {"startLine": 1, "startColumn": 16, "endLine": 1, "endColumn": 20}
    fine = json.loads(checked(capfd, "--format", "sarif", str(folder / "pkg" / "fine.py"), code=0))
    assert fine["runs"][0]["results"] == []
    assert fine["runs"][0]["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_absolute_paths_are_uris_in_sarif(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = json.loads(checked(capfd, "--format", "sarif", str(folder / "a, b.py")))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == (folder / "a, b.py").as_uri()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "sarif"], "--format is for --check"),
        (["--check", "--fixer", "add_colon"], "leave out one of them"),
        (["--fixer", "add_cologne"], "there is no fixer 'add_cologne'; the fixers are "),
        (["--set", "maxOffers=many"], "--set: `maxOffers` must be a whole number"),
    ],
)
def test_bad_usage(folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(["fix", *arguments, "pkg"]) == 2
    assert words in capfd.readouterr().err


# -- which problems, which fixes -----------------------------------------------------------------------------


def test_only_one_kind_of_problem(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put("both.py", f"{NAME}\n\n{BROKEN}")
    assert len(checked(capfd, "both.py").splitlines()) == 2
    assert "NameError" in checked(capfd, "--only", "name", "both.py")
    assert main(["fix", "--write", "--only", "syntax", "both.py"]) == 0
    assert path.read_text() == f"{NAME}\n\n{BROKEN.replace('(x)', '(x):')}"
    assert main(["fix", "--write", "--unsafe", "--only", "name", "both.py"]) == 0
    assert path.read_text().startswith("print(len([]))\n")


def test_only_one_fixer(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put("both.py", f"{NAME}\n\n{BROKEN}")
    assert main(["fix", "--write", "--fixer", "add_colon", "both.py"]) == 1
    assert path.read_text() == f"{NAME}\n\n{BROKEN.replace('(x)', '(x):')}"
    assert main(["fix", "--write", "--unsafe", "--fixer", "rename_to_nearest", "both.py"]) == 0
    assert path.read_text().startswith("print(len([]))\n")


# -- settings ------------------------------------------------------------------------------------------------


def offered(capfd: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[dict[str, Any]]]:
    """The offers of the first problem of each file."""
    main(["fix", "--json", *arguments])
    files = json.loads(capfd.readouterr().out)["files"]
    return {file["path"]: file["problems"][0]["offers"] for file in files if file["problems"]}


def test_the_settings_of_each_folder_hold_for_its_files(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("one/a.py", "two/a.py", "two/sub/a.py", "two/sub/silent/a.py"):
        put(name, BROKEN)
    put("two/pyproject.toml", "[tool.quickfix-ls]\ndisabled-fixers = ['add_colon', 'complete_header']\n")
    put("two/sub/quickfix-ls.toml", "[perPath]\n'silent/**' = 'all'\n")
    offers = offered(capfd, "one", "two")
    sources = {path: {source for offer in found for source in offer["sources"]} for path, found in offers.items()}
    assert "fixer:add_colon" in sources["one/a.py"] & sources["two/sub/a.py"]
    assert "fixer:add_colon" not in sources["two/a.py"]
    assert offers["two/sub/silent/a.py"] == []
    offers = offered(capfd, "--set", "perPath={}", "two")
    assert offers["two/sub/silent/a.py"] != []


def test_the_environment_and_the_command_line(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("quickfix-ls.toml", "minProbability = 0\n")
    assert offered(capfd, "pkg")["pkg/c.py"] != []
    monkeypatch.setenv("QUICKFIX_LS_MIN_PROBABILITY", "1")
    assert offered(capfd, "pkg")["pkg/c.py"] == []
    assert offered(capfd, "--set", "min-probability=0", "pkg")["pkg/c.py"] != []


def test_the_target_version_and_the_selector(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put("new.py", "match 1:\n    case 1:\n        pass\n")
    assert checked(capfd, "new.py", code=0) == ""
    assert checked(capfd, "--set", "targetVersion=3.9", "new.py")
    put("pyproject.toml", "[project]\nrequires-python = '>=3.9'\n")
    assert checked(capfd, "new.py")
    assert checked(capfd, "--set", "targetVersion=3.10", "new.py", code=0) == ""
    put("quickfix-ls.toml", "target-version = '3.9'\nselector = 'astrology'\n")
    assert checked(capfd, "new.py")
    assert main(["fix", "pkg"]) == 2
    assert "astrology" in capfd.readouterr().err


def test_wrong_settings_are_told_once_and_the_rest_holds(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put("pyproject.toml", "[tool.quickfix-ls]\nmax-offer = 3\ndisabledFixers = ['add_cologne']\n")
    assert main(["fix", "a, b.py", "pkg"]) == 0
    told = capfd.readouterr().err.splitlines()
    assert sum("pyproject.toml, [tool.quickfix-ls]: there is no setting `max-offer`" in line for line in told) == 1
    assert any("there is no fixer 'add_cologne'; the fixers are " in line for line in told)


def test_excluded_files_are_left_out_of_folders(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put("quickfix-ls.toml", "exclude = ['pkg']\n")
    assert checked(capfd, ".") == f"{os.path.join('.', 'a, b.py')}:1:14: SyntaxError: expected ':'\n"
    assert "pkg" in checked(capfd, os.path.join("pkg", "c.py"))
    assert checked(capfd, "--force-exclude", os.path.join("pkg", "c.py"), "pkg", code=0) == ""
    assert len(checked(capfd, "--set", "exclude=c.py", "pkg", code=0)) == 0


# -- a whole tree --------------------------------------------------------------------------------------------


def test_a_whole_tree_is_fixed_with_a_summary(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put("pkg/hopeless.py", "print(qqqqzzzz)\n")
    assert main(["fix", "--write", "--unsafe", "."]) == 1
    shown = capfd.readouterr()
    assert shown.out.splitlines()[-1] == "2 fixes in 2 files, 1 problem left (1 without a fix); 4 files looked at."
    assert shown.err == ""
    assert main(["fix", "--write", os.path.join("pkg", "fine.py")]) == 0
    assert capfd.readouterr().out == "Nothing fixed, nothing left; 1 file looked at.\n"


@pytest.mark.skipif(os.name == "nt", reason="a terminal to look at needs POSIX")
def test_a_terminal_shows_how_far_it_is(folder: Path) -> None:
    import pty

    for number in range(5):
        put(f"tree/{number}.py", BROKEN)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "quickfix_ls", "fix", "--write", "tree"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[1:]]), "TERM": "xterm"}
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment, text=True)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:  # how Linux tells the end of a terminal
        pass
    out, _ = done.communicate()
    os.close(ours)
    assert done.returncode == 0
    assert b"fixing" in shown
    assert b"5/5" in shown
    assert out.splitlines()[-1] == "5 fixes in 5 files, nothing left; 5 files looked at."
    assert len(out.splitlines()) == 6


# -- pre-commit ----------------------------------------------------------------------------------------------


def test_the_hooks_run_commands_that_there_are(folder: Path) -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^- id: (.+)$", hooks, re.M) == ["quickfix-ls-check", "quickfix-ls-fix"]
    entries = [entry.split() for entry in re.findall(r"^  entry: (.+)$", hooks, re.M)]
    assert [entry.pop(0) for entry in entries] == ["quickfix-ls", "quickfix-ls"]
    check, fix = entries
    path = str(folder / "a, b.py")
    assert main([*check, path]) == 1
    assert main([*fix, path]) == 0
    assert main([*check, path]) == 0
