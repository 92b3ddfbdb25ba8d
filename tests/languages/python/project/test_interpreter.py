"""Which Python a project is for: files and folders in, versions and package folders out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quickfix_ls.languages.python.project.declared_versions import lowest
from quickfix_ls.languages.python.project.interpreter import interpreter_of, packages_of, target_of

Files = dict[str, str]


@pytest.fixture(autouse=True)
def _nothing_is_activated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)


def laid_out(folder: Path, files: Files) -> str:
    """The folder with files of these contents; a name that ends with `/` is a folder."""
    for name, content in files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("specifier", "version"),
    [
        (">=3.10", (3, 10)),
        (">=3.10,<3.14", (3, 10)),
        (" >= 3.9.2 , != 3.10.* ", (3, 9)),
        (">3.10", (3, 10)),
        (">3.10.39", (3, 11)),
        ("~=3.11", (3, 11)),
        ("~=3.11.4", (3, 11)),
        ("==3.12.*", (3, 12)),
        ("==3.12", (3, 12)),
        ("===3.12.1", (3, 12)),
        ("!=3.7.*,!=3.8.*,>=3", (3, 9)),
        ("<3.13", (3, 7)),
        (">=2.7", (3, 7)),
        ("^3.9", (3, 9)),
        ("3.11.*", (3, 11)),
        ("3.11", (3, 11)),
        (">=2.7,<3", None),
        (">=3.50", None),
        ("", None),
        (",", None),
        ("the newest", None),
        (">=3.10; sys_platform", None),
        (">=3.10 or something", None),
    ],
)
def test_the_lowest_version_that_keeps_a_promise(specifier: str, version: tuple[int, int] | None) -> None:
    assert lowest(specifier) == version


@pytest.mark.parametrize(
    ("files", "version"),
    [
        ({"pyproject.toml": '[project]\nrequires-python = ">=3.9"\n'}, (3, 9)),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npython = "^3.8"\n'}, (3, 8)),
        ({"pyproject.toml": "[project]\nname = 'a'\n", ".python-version": "3.12.1\n"}, (3, 12)),
        ({"pyproject.toml": "[project\n", ".python-version": "# ours\n\n3.13\n"}, (3, 13)),
        ({"pyproject.toml": "tool = 3\nproject = 'x'\n"}, None),
        ({".python-version": "cpython-3.11.4-linux\n"}, (3, 11)),
        ({".python-version": "pypy3.10-7.3\n"}, (3, 10)),
        ({".python-version": "system\n"}, None),
        ({".python-version": "\xff\x00"}, None),
        ({".venv/pyvenv.cfg": "home = /usr/bin\nversion = 3.11.7\n"}, (3, 11)),
        ({".venv/pyvenv.cfg": "home = /usr\nuv = 0.5.1\nversion_info = 3.13.0\n"}, (3, 13)),
        ({"venv/pyvenv.cfg": "", "venv/lib/python3.12/site-packages/": ""}, (3, 12)),
        ({"env/conda-meta/history": "", "env/conda-meta/python-3.10.4-h1_0.json": "{}"}, (3, 10)),
        ({"env/conda-meta/python-dateutil-3.8-py_0.json": "{}"}, None),
        ({"env/SECRET": "3.12"}, None),
        (
            {
                "pyproject.toml": '[project]\nrequires-python = ">=3.9"\n',
                ".python-version": "3.12\n",
                ".venv/pyvenv.cfg": "version = 3.13.1\n",
            },
            (3, 9),
        ),
        ({".python-version": "3.12\n", ".venv/pyvenv.cfg": "version = 3.13.1\n"}, (3, 12)),
        ({}, None),
    ],
    ids=str,
)
def test_what_tells_a_project_s_version(tmp_path: Path, files: Files, version: tuple[int, int] | None) -> None:
    root = laid_out(tmp_path, files)
    assert target_of(str(tmp_path / "a.py"), [root]) == version
    assert target_of(str(tmp_path / "src" / "pkg" / "a.py"), [root]) == version


def test_the_nearest_folder_decides_and_nothing_above_the_workspace_does(tmp_path: Path) -> None:
    laid_out(tmp_path, {".python-version": "3.7", "one/.python-version": "3.9", "two/sub/.python-version": "3.11"})
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    assert target_of(str(tmp_path / "one" / "a.py"), [one, two]) == (3, 9)
    assert target_of(str(tmp_path / "two" / "sub" / "a.py"), [one, two]) == (3, 11)
    assert target_of(str(tmp_path / "two" / "a.py"), [one, two]) is None
    assert target_of(str(tmp_path / "a.py"), [one, two]) == (3, 7)
    assert target_of(str(tmp_path / "other" / "a.py"), [one, two]) is None
    assert target_of("", [one, two]) == (3, 9)
    assert target_of("", []) is None
    assert target_of(str(tmp_path / "two" / "sub" / "a.py"), [two, str(tmp_path / "two" / "sub")]) == (3, 11)


def test_where_the_packages_of_the_workspace_lie(tmp_path: Path) -> None:
    one = laid_out(tmp_path / "one", {".venv/pyvenv.cfg": "", ".venv/lib/python3.12/site-packages/": ""})
    two = laid_out(tmp_path / "two", {"venv/pyvenv.cfg": "version = 3.9.1", "venv/Lib/site-packages/": ""})
    three = laid_out(tmp_path / "three", {"a.py": ""})
    assert packages_of([one, two, three]) == (
        os.path.join(one, ".venv", "lib", "python3.12", "site-packages"),
        os.path.join(two, "venv", "Lib", "site-packages"),
    )
    assert packages_of([]) == ()


def test_an_environment_that_was_activated_counts_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    active = laid_out(tmp_path / "active", {"pyvenv.cfg": "version = 3.9.1"})
    own = laid_out(tmp_path / "own", {".venv/pyvenv.cfg": "version = 3.12.1"})
    monkeypatch.setenv("VIRTUAL_ENV", active)
    assert target_of(str(tmp_path / "own" / "a.py"), [own]) == (3, 12)
    assert target_of(str(tmp_path / "a.py"), []) == (3, 9)
    found = interpreter_of(str(tmp_path / "a.py"), [])
    assert found is not None
    assert found.folder == active
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "gone"))
    assert target_of(str(tmp_path / "a.py"), []) is None


@pytest.mark.skipif(os.name != "posix", reason="needs a file that can be run")
def test_nothing_of_a_project_is_run(tmp_path: Path) -> None:
    trap = f"#!/bin/sh\ntouch {tmp_path}/was-run\n"
    root = laid_out(
        tmp_path,
        {
            ".venv/pyvenv.cfg": "",
            ".venv/bin/python": trap,
            "conftest.py": "",
            "sitecustomize.py": "1/0",
            "setup.py": "1/0",
        },
    )
    (tmp_path / ".venv" / "bin" / "python").chmod(0o755)
    assert target_of(str(tmp_path / "a.py"), [root]) is None
    assert not (tmp_path / "was-run").exists()
