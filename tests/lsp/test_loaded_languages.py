"""Which languages and parsers the processes load, for people who use one language alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.kit import REPOSITORY, Buffer, RawClient

OF_SQL = (
    *("sqlglot", "sqlalchemy", "duckdb", "psycopg", "quickfix_ls.languages.sql.language"),
    *("quickfix_ls.schema.ddl", "quickfix_ls.schema.found", "quickfix_ls.schema.schema_file"),
)
OF_PYTHON = ("parso", "jedi", "quickfix_ls.languages.python.language", "quickfix_ls.languages.python.fixers")

# Every process that inherits the environment notes the modules that it looks for, in a file of its own.
RECORDER = """\
import os, sys

class Recorder:
    def find_spec(self, name, path=None, target=None):
        with open(os.path.join({folder!r}, str(os.getpid())), "a") as file:
            file.write(name + "\\n")

sys.meta_path.insert(0, Recorder())
"""


@pytest.fixture
def recording(tmp_path: Path) -> Mapping[str, str]:
    """An environment whose Python processes record the modules that they load."""
    (tmp_path / "site").mkdir()
    (tmp_path / "records").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(RECORDER.format(folder=str(tmp_path / "records")))
    path = os.pathsep.join([str(tmp_path / "site"), str(REPOSITORY), *sys.path[1:]])
    return {**os.environ, "PYTHONPATH": path}


def loaded(folder: Path, named: tuple[str, ...]) -> dict[str, set[str]]:
    """The modules of these names or below them that each process has loaded, by the process."""
    found = {}
    for record in (folder / "records").iterdir():
        modules = set(record.read_text().split())
        assert "quickfix_ls" in modules
        found[record.name] = {one for one in modules if one.startswith(named)}
    return found


async def test_server_and_worker_load_nothing_of_sql_for_python(tmp_path: Path, recording: Mapping[str, str]) -> None:
    client = await RawClient.start(environment=recording)
    await client.initialize()
    page = Buffer(client, "def area(length, width):\n    return lenght * width\n")
    place = page.text.index("lenght")
    assert await page.actions(place, triggerKind=1)
    processes = loaded(tmp_path, OF_SQL)
    assert len(processes) >= 2
    assert not any(processes.values())
    query = Buffer(client, "SELECT 1 FROM (SELECT 2;\n", "file:///project/query.sql", language="sql")
    await query.actions(8, triggerKind=1)
    assert sum("sqlglot" in modules for modules in loaded(tmp_path, OF_SQL).values()) == 1
    await client.end()


def test_the_command_line_loads_nothing_of_python_for_sql(tmp_path: Path, recording: Mapping[str, str]) -> None:
    (tmp_path / "query.sql").write_text("CREATE TABLE t (id INTEGER);\nSELECT ix FROM t;\n")
    command = [sys.executable, "-m", "quickfix_ls", "fix", str(tmp_path / "query.sql")]
    done = subprocess.run(command, env=recording, capture_output=True, text=True, check=False)
    assert "no such column: ix" in done.stdout
    assert set().union(*loaded(tmp_path, OF_PYTHON).values()) == set()
    assert "sqlglot" in set().union(*loaded(tmp_path, OF_SQL).values())
