"""Which files of a folder are looked at, and when one is not written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quickfix_ls.commands.disk import find_sources, read_source, write_source
from quickfix_ls.errors import UsageError

BEFORE = "x = 1\n"
AFTER = "x = 2\n"


def test_folders_are_walked_without_what_is_not_ones_own(tmp_path: Path) -> None:
    for name in (
        "a.py", "b.txt", "pkg/c.py", "pkg/d.pyi", ".hidden/e.py", "node_modules/f.py", "venv/g.py",
        "lib/site-packages/h.py", "myenv/pyvenv.cfg", "myenv/lib/i.py", "pkg/.j.py",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BEFORE)
    names = [os.path.relpath(path, tmp_path) for path in find_sources([str(tmp_path)])]
    assert names == ["a.py", os.path.join("pkg", "c.py")]


def test_what_is_named_is_done_once(tmp_path: Path) -> None:
    hidden = tmp_path / ".hidden"
    hidden.mkdir()
    path = hidden / "no_suffix"
    path.write_text(BEFORE)
    assert list(find_sources([str(path), str(path), "-", "-"])) == [str(path), "-"]
    assert list(find_sources([str(hidden)])) == []


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(BEFORE)
    source = read_source(str(path))
    path.write_text("something = 'else'\n")
    with pytest.raises(UsageError, match="changed meanwhile"):
        write_source(source, AFTER)
    assert path.read_text() == "something = 'else'\n"
    assert os.listdir(tmp_path) == ["a.py"]


def test_a_fix_that_the_encoding_cannot_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("# coding: latin-1\nx = 1\n")
    with pytest.raises(UsageError, match="not changed"):
        write_source(read_source(str(path)), "# coding: latin-1\nx = '\N{SNOWMAN}'\n")
    assert path.read_text() == "# coding: latin-1\nx = 1\n"
