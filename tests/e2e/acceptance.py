"""The acceptance cases of every editor: a broken file, the cursor in it, and the file after the first quick fix.

A test of an editor opens the file of each case, asks for the fix with the editor's own key or command, takes the first
one, saves and compares bytes; then it undoes in one step, saves, and has the first bytes again. It calls the fixture
`record_case` before anything else, so that `pytest -m editors --editors-results docs/editors.json` records its result.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Editor:
    """An editor as docs/editors.md shows it; `folder` is its place seen from `editors/`."""

    name: str
    version: str
    folder: str


@dataclass(frozen=True)
class Case:
    """A file `file_name` with the bytes `before`; the cursor is 0-based, its column in code points. The `title` of the
    fix that leads to `after` begins like this in a menu. With `beside_another_server` a second language server (ruff's
    or pylsp) is attached to the file, too. `other_files` lie in its folder: their names and bytes."""

    name: str
    before: bytes
    line: int
    column: int
    after: bytes
    title: str
    beside_another_server: bool = False
    file_name: str = "broken.py"
    other_files: tuple[tuple[str, bytes], ...] = ()

    def write(self, folder: Path) -> Path:
        """Write the files of the case into a folder; return the path of the broken one."""
        for name, data in ((self.file_name, self.before), *self.other_files):
            (folder / name).write_bytes(data)
        return folder / self.file_name


CASES = (
    Case(
        "a syntax error",
        b"def area(width, height)\n    return width * height\n\n\nprint(area(2, 3))\n",
        0,
        22,
        b"def area(width, height):\n    return width * height\n\n\nprint(area(2, 3))\n",
        "Add `:`",
    ),
    Case(
        "a misspelled name",
        b'def greet(visitor):\n    message = "Hello, " + vistor\n    return message\n',
        1,
        26,
        b'def greet(visitor):\n    message = "Hello, " + visitor\n    return message\n',
        "Replace `vistor` with `visitor`",
    ),
    Case(
        "a missing import",
        b"import csv\n\n\ndef load(path):\n    with open(path) as handle:\n        return json.load(handle)\n\n\n"
        b"print(load('a.json'), csv.list_dialects())\n",
        5,
        15,
        b"import csv\nimport json\n\n\ndef load(path):\n    with open(path) as handle:\n"
        b"        return json.load(handle)\n\n\nprint(load('a.json'), csv.list_dialects())\n",
        "Import `json`",
    ),
    Case(
        "emoji before the error",
        'total = 3\nprint("😀🎉 in all:", totl)\n'.encode(),
        1,
        20,
        'total = 3\nprint("😀🎉 in all:", total)\n'.encode(),
        "Replace `totl` with `total`",
    ),
    Case(
        "CRLF line ends",
        b"def double(number):\r\n    return number * 2\r\n\r\n\r\nprint(double(21)\r\n",
        4,
        15,
        b"def double(number):\r\n    return number * 2\r\n\r\n\r\nprint(double(21))\r\n",
        "Close the bracket",
    ),
    Case(
        "beside another server",
        b'def greet(visitor):\n    message = "Hello, " + vistor\n    return message\n',
        1,
        26,
        b'def greet(visitor):\n    message = "Hello, " + visitor\n    return message\n',
        "Replace `vistor` with `visitor`",
        beside_another_server=True,
    ),
    Case(
        "a misspelled column",
        b"SELECT name, emial\nFROM customers;\n",
        0,
        15,
        b"SELECT name, email\nFROM customers;\n",
        "Replace `emial` with `email`",
        file_name="report.sql",
        other_files=(("schema.sql", b"CREATE TABLE customers (id INTEGER, name TEXT, email TEXT, city TEXT);\n"),),
    ),
)
"""What each editor that runs is held to; an editor may have further cases of its own."""
