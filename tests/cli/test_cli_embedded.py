"""Queries in programs and templates in SQL on the command line: shown, checked, written, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quickfix_ls.cli import main

SCHEMA = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, email TEXT, full_name TEXT);\n"
PROGRAM = (
    "import sqlite3\r\n\r\n# 🛒\r\ncon = sqlite3.connect('shop.db')\r\nname = 1\r\n"
    "con.execute('SELECT emial, \\'x\\' FROM users '\r\n            'WHERE user_id = ?', (nmae,))\r\n"
    'con.execute(f"""\r\nSELECT full_nam FROM users u WHERE u.user_id = {name}\r\n""")\r\n'
)
WRITTEN = PROGRAM.replace("emial", "email").replace("nmae", "name").replace("full_nam ", "full_name ")
MODEL = "{{ config(tags=['a']) }}\nselect emial, '{{ var(\"x\") }}' as x\nfrom {{ ref('users') }}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "schema.sql").write_text(SCHEMA)
    (tmp_path / "app.py").write_bytes(PROGRAM.encode())
    (tmp_path / "model.sql").write_text(MODEL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_lists_the_problems_of_both_languages_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--check", "app.py", "model.sql"]) == 1
    lines = [line.split(": ")[0:2] for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["app.py:6:21", "UnknownColumn"],
        ["app.py:7:35", "NameError"],
        ["app.py:9:8", "UnknownColumn"],
        ["model.sql:2:8", "UnknownColumn"],
    ]


def test_write_changes_nothing_but_the_names(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--write", "--unsafe", "app.py", "model.sql"]) == 0, capsys.readouterr()
    assert (folder / "app.py").read_bytes() == WRITTEN.encode()
    assert (folder / "model.sql").read_text() == MODEL.replace("emial", "email")
    assert "nothing left" in capsys.readouterr().out


def test_a_patch_is_that_of_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--diff", "--unsafe", "model.sql"])
    patch = capsys.readouterr().out
    assert "-select emial, '{{ var" in patch
    assert "+select email, '{{ var" in patch


def test_json_has_the_places_in_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--json", "app.py"])
    (file,) = json.loads(capsys.readouterr().out)["files"]
    found = {problem["name"]: problem for problem in file["problems"]}
    assert set(found) == {"nmae", "emial", "full_nam"}
    edits = found["full_nam"]["offers"][0]["edits"]
    assert [(edit["line"], edit["column"], edit["text"]) for edit in edits] == [(9, 8, "full_name")]


def test_show_offer_shows_the_fix_of_a_line_of_a_query(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show-offer", "app.py:9"]) == 0
    shown = capsys.readouterr().out
    assert "app.py:9:8" in shown
    assert "`full_nam` with `full_name`" in shown


def test_what_is_left_is_told_with_its_line_in_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").write_text(
        'import sqlite3\ncon = sqlite3.connect("a")\ncon.execute("SELECT qqqqq FROM users")\n'
        'con.execute("SELECT emial FROM users")\n'
    )
    assert main(["fix", "--write", "--unsafe", "app.py"]) == 1
    assert "left: app.py:3:21: UnknownColumn: no such column: qqqqq" in capsys.readouterr().out
    assert '"SELECT email FROM users"' in (folder / "app.py").read_text()


def test_a_refused_fix_of_a_query_is_not_offered_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["never", "add", "app.py:9"]) == 0
    capsys.readouterr()
    main(["show-offer", "app.py:9", "--top", "1"])
    assert "= fix: Replace `full_nam` with `full_name`" not in capsys.readouterr().out
