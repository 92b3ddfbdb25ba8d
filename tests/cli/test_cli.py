"""The command line: what `fix` prints and writes, and every exit code that `--help` promises."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from quickfix_ls import __version__
from quickfix_ls.cli import main

BROKEN = "def double(x)\n    return 2 * x\n"
FIXED = "def double(x):\n    return 2 * x\n"
HOPELESS = "print(qqqqzzzz)\n"


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# -- what is shown -------------------------------------------------------------------------------------------


def test_a_preview_says_all_and_changes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", BROKEN)
    assert main(["fix", str(path)]) == 0
    shown = capfd.readouterr().out
    assert shown == (
        "SyntaxError: expected ':'\n"
        f" --> {path}:1:14\n"
        "  |\n"
        "1 | def double(x)\n"
        "  | ^^^^^^^^^^^^^\n"
        "  |\n"
        "  = fix: Add `:` after `def double(x)`\n"
        "1 - def double(x)\n"
        "1 + def double(x):\n"
        "  |              +\n"
        "2 |     return 2 * x\n"
        "  = add_colon, mend_headers, search:insert · parses, the error is gone, nothing new is undefined"
        " · 99 % sure, safe\n"
        "\n"
        "1 problem in 1 file: 1 with a safe fix (--write applies it).\n"
    )
    assert path.read_text() == BROKEN


def test_top_shows_more_fixes(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", "x = (1\ny = 2\nprint(x)\n")
    assert main(["fix", "--json", "--top", "3", str(path)]) == 0
    (problem,) = json.loads(capfd.readouterr().out)["files"][0]["problems"]
    assert 2 <= len(problem["offers"]) <= 3


def test_what_a_terminal_would_obey_is_escaped(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", "def f(x) # \x1b[31m\n    return x\n")
    main(["fix", str(path)])
    shown = capfd.readouterr().out
    assert "\x1b" not in shown
    assert "\\x1b[31m" in shown


def test_json_is_versioned_and_its_edits_make_the_fix(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", BROKEN)
    assert main(["fix", "--json", str(path), str(tmp_path / "nowhere.py")]) == 2
    report = json.loads(capfd.readouterr().out)
    assert set(report) == {"version", "files", "failed"}
    assert report["version"] == 1
    assert len(report["failed"]) == 1
    (problem,) = report["files"][0]["problems"]
    assert (problem["kind"], problem["error_type"], problem["line"], problem["column"]) == (
        "syntax",
        "SyntaxError",
        1,
        14,
    )
    (offer,) = problem["offers"]
    assert set(offer) == {
        "title", "source", "sources", "checks", "probability", "why", "preferred", "safety", "edits"
    }  # fmt: skip
    (edit,) = offer["edits"]
    line = BROKEN.splitlines()[edit["line"] - 1]
    assert line[: edit["column"] - 1] + edit["text"] + line[edit["end_column"] - 1 :] == "def double(x):"


def test_check_lists_what_is_broken(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    broken, fine = put(tmp_path / "a.py", BROKEN), put(tmp_path / "b.py", FIXED)
    assert main(["fix", "--check", str(tmp_path)]) == 1
    assert capfd.readouterr().out == f"{broken}:1:14: SyntaxError: expected ':'\n"
    assert main(["fix", "--check", str(fine)]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.skipif(shutil.which("patch") is None, reason="the command patch is not installed")
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize(("end", "last"), [(b"\n", b"\n"), (b"\r\n", b"\r\n"), (b"\n", b"")])
def test_a_diff_is_a_patch(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch,
    bom: bytes, end: bytes, last: bytes,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    path = put(tmp_path / "a.py", bom + b"def double(x)" + end + b"    return 2 * x" + last)
    assert main(["fix", "--diff", "a.py"]) == 0
    patch = capfdbinary.readouterr().out
    subprocess.run(["patch", "--binary", "-p0"], input=patch, check=True, cwd=tmp_path)
    assert path.read_bytes() == bom + b"def double(x):" + end + b"    return 2 * x" + last


# -- what is written -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BROKEN.encode(), FIXED.encode()),
        (BROKEN.replace("\n", "\r\n").encode(), FIXED.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + BROKEN.encode(), b"\xef\xbb\xbf" + FIXED.encode()),
        (
            b"# -*- coding: latin-1 -*-\nname = '\xe9'\n" + BROKEN.encode(),
            b"# -*- coding: latin-1 -*-\nname = '\xe9'\n" + FIXED.encode(),
        ),
        (BROKEN.rstrip("\n").encode(), FIXED.rstrip("\n").encode()),
        (
            b"s = '\xf0\x9f\x98\x80'; print(s[0], lenn(s))\n",
            b"s = '\xf0\x9f\x98\x80'; print(s[0], len(s))\n",
        ),
    ],
    ids=["plain", "crlf", "bom", "latin-1", "no final newline", "emoji"],
)
def test_write_keeps_all_but_the_fix(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = put(tmp_path / "a.py", before)
    assert main(["fix", "--write", "--unsafe", str(path)]) == 0
    assert path.read_bytes() == after
    assert os.listdir(tmp_path) == ["a.py"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and links")
def test_write_keeps_permissions_and_links(tmp_path: Path) -> None:
    path = put(tmp_path / "script.py", BROKEN)
    path.chmod(0o751)
    link = tmp_path / "link.py"
    link.symlink_to(path.name)
    assert main(["fix", "--write", str(link)]) == 0
    assert link.is_symlink()
    assert path.read_text() == FIXED
    assert stat.S_IMODE(path.stat().st_mode) == 0o751


def test_write_mends_every_problem_of_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", f"{BROKEN}\n\n{BROKEN.replace('double', 'twice')}")
    assert main(["fix", "--write", str(path)]) == 0
    assert path.read_text() == f"{FIXED}\n\n{FIXED.replace('double', 'twice')}"
    assert f"{path}: fixed: " in capfd.readouterr().out


def test_write_says_what_is_left(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = put(tmp_path / "a.py", BROKEN + HOPELESS)
    assert main(["fix", "--write", str(path)]) == 1
    assert path.read_text() == FIXED + HOPELESS
    assert (
        f"left: {path}:3:7: NameError: name 'qqqqzzzz' is not defined: no fix: none was found that holds\n"
        in capfd.readouterr().out
    )


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="nothing is read-only to the superuser")
def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path / "a.py", BROKEN)
    path.chmod(0o444)
    assert main(["fix", "--write", str(path)]) == 2
    assert path.read_text() == BROKEN


# -- exit codes ----------------------------------------------------------------------------------------------


def test_exit_codes_of_fix(tmp_path: Path) -> None:
    broken, fine = put(tmp_path / "broken.py", BROKEN), put(tmp_path / "fine.py", FIXED)
    hopeless, nowhere = put(tmp_path / "hopeless.py", HOPELESS), tmp_path / "nowhere.py"
    for mode in ([], ["--json"], ["--diff"]):
        assert main(["fix", *mode, str(broken), str(fine)]) == 0
        assert main(["fix", *mode, str(broken), str(hopeless)]) == 1
        assert main(["fix", *mode, str(broken), str(hopeless), str(nowhere)]) == 2
    assert main(["fix", "--check", str(broken), str(nowhere)]) == 2


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"# coding: nonsense\n", b"x = '\xff'\n"], ids=["utf-16", "cookie", "byte"]
)
def test_the_other_files_are_done_when_one_cannot_be_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], content: bytes
) -> None:
    bad, broken = put(tmp_path / "a.py", content), put(tmp_path / "b.py", BROKEN)
    assert main(["fix", "--write", str(bad), str(tmp_path / "nowhere.py"), str(broken)]) == 2
    assert broken.read_text() == FIXED
    complaints = capfd.readouterr().err
    assert f"{bad}: can't be decoded" in complaints
    assert "nowhere.py: can't be read: No such file or directory" in complaints


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fix", "--diff", "--write", "x.py"],
        ["fix", "--top", "0", "x.py"],
        ["fix", "--top", "many", "x.py"],
        ["nonsense"],
        ["show-offer"],
    ],
)
def test_bad_usage_exits_with_2(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: quickfix-ls" in capfd.readouterr().err


def test_evaluate_exits_with_2_on_bad_input(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = put(tmp_path / "data.jsonl", '{"id": "x", "lang": "python"}\n')
    assert main(["evaluate", str(data)]) == 2
    assert f"quickfix-ls: {data}:1: the key 'text' is missing" in capfd.readouterr().err
    assert main(["evaluate", "--selector", "nonsense", str(put(data, ""))]) == 0


def test_help_documents_the_exit_codes(capfd: pytest.CaptureFixture[str]) -> None:
    for command in ("fix", "show-offer", "show-request", "never", "serve", "doctor", "evaluate", "candidates", "train"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert "exit codes:" in capfd.readouterr().out


def test_doctor_finds_all_that_is_needed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    shown = capfd.readouterr().out
    assert "missing" not in shown
    for part in ("Python", "language model", "selector lightgbm", "target versions", "editors", "checker pyright"):
        assert f"{part}: " in shown


def test_doctor_tells_which_checkers_are_there(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    main(["doctor"])
    shown = capfd.readouterr().out
    assert "optional  checker ruff: not on PATH" in shown
    assert "only for `checkers` with `ruff`: pip install ruff" in shown


# -- the real process ----------------------------------------------------------------------------------------


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "quickfix_ls", *arguments], input=stdin, capture_output=True)


def test_standard_input_is_shown_and_written_to_standard_output() -> None:
    text = BROKEN.replace("\n", "\r\n").encode()
    written = run("fix", "--write", "-", stdin=text)
    assert (written.returncode, written.stdout) == (0, FIXED.replace("\n", "\r\n").encode())
    assert written.stderr.startswith(b"<stdin>: fixed: ")
    shown = run("fix", "-", stdin=text)
    assert shown.returncode == 0
    assert b"<stdin>:1:14" in shown.stdout


def test_the_module_runs_as_a_command() -> None:
    assert run("--version").stdout.decode().strip() == f"quickfix-ls {__version__}"
