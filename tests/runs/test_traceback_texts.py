"""Tracebacks are read from what the installed interpreters and pytest print, and from what logs make of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.runs.record import RunError
from quickfix_ls.runs.traceback_text import errors_in

_ROOT = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
_PYTHONS = [sys.executable, *(str(path) for path in sorted(_ROOT.glob("versions/3.*/bin/python")))]
_PROGRAM = "def total(amounts):\n    return sum(amonts)\n\n\ntotal([1])\n"
_CHAINED = "try:\n    {}['pric']\nexcept KeyError as error:\n    raise ValueError('no price') from error\n"


def _printed(folder: Path, text: str, *command: str) -> str:
    (folder / "program.py").write_text(text)
    variables = {**os.environ, "PYTHONPATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, env=variables)
    return done.stdout + done.stderr


@pytest.mark.parametrize("python", _PYTHONS)
def test_traceback_of_each_interpreter(python: str, tmp_path: Path) -> None:
    [error] = errors_in(_printed(tmp_path, _PROGRAM, python, "program.py"))
    assert error.type == "NameError"
    assert error.message.startswith("name 'amonts' is not defined")
    assert [(Path(frame.path).name, frame.line, frame.function, frame.text) for frame in error.frames] == [
        ("program.py", 5, "<module>", "total([1])"),
        ("program.py", 2, "total", "return sum(amonts)"),
    ]


def test_carets_give_the_columns(tmp_path: Path) -> None:
    if sys.version_info < (3, 11):
        pytest.skip("carets came with CPython 3.11")
    [error] = errors_in(_printed(tmp_path, _PROGRAM, sys.executable, "program.py"))
    frame = error.frames[-1]
    assert frame.text[frame.column : frame.end_column] == "amonts"


@pytest.mark.parametrize("python", _PYTHONS)
def test_chained_errors_come_in_their_order(python: str, tmp_path: Path) -> None:
    found = errors_in(_printed(tmp_path, _CHAINED, python, "program.py"))
    assert [error.said for error in found] == ["KeyError: 'pric'", "ValueError: no price"]


@pytest.mark.parametrize("form", ["long", "short", "native"])
def test_forms_of_pytest(form: str, tmp_path: Path) -> None:
    text = _PROGRAM.replace("total([1])", "def test_it():\n    total([1])")
    printed = _printed(
        tmp_path, text, sys.executable, "-m", "pytest", f"--tb={form}", "-p", "no:cacheprovider", "program.py"
    )
    [error] = errors_in(printed)
    frame = error.frames[-1]
    assert error.said == "NameError: name 'amonts' is not defined"
    assert (Path(frame.path).name, frame.line, frame.text) == ("program.py", 2, "return sum(amonts)")


def _plain(text: str) -> str:
    return text


@pytest.mark.parametrize(
    "change",
    [
        _plain,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n".join(f"2026-12-01T10:00:00Z web.1  | {line}" for line in text.split("\n")),
        lambda text: "\n".join(f"\x1b[31m{line}\x1b[0m" for line in text.split("\n")),
        lambda text: text.partition("\n")[2],
    ],
    ids=["plain", "Windows", "prefix", "colours", "head cut"],
)
def test_what_logs_do_to_a_traceback(change: object, tmp_path: Path) -> None:
    assert callable(change)
    [error] = errors_in(change(_printed(tmp_path, _PROGRAM, sys.executable, "program.py")))
    assert (error.type, error.frames[-1].line) == ("NameError", 2)


def test_traceback_without_its_end_is_no_error(tmp_path: Path) -> None:
    lines = _printed(tmp_path, _PROGRAM, sys.executable, "program.py").rstrip().split("\n")
    assert errors_in("\n".join(lines[:-1])) == []


_PARTS = [
    '  File "a.py", line 3, in f',
    "    x = y",
    "    ~~^~",
    "KeyError: 'a'",
    "E   KeyError",
    "a.py:3: KeyError",
    "Traceback (most recent call last):",
    "  |",
    "----> 3 x",
    "Cell In[1], line 2",
    "> x",
    "____",
    "",
]


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(_PARTS) | st.text(max_size=9)).map("\n".join)))
def test_any_text_can_be_read(text: str) -> None:
    assert all(isinstance(error, RunError) for error in errors_in(text))
