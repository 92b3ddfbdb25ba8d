"""A language from a folder of its own goes the whole way, from `didOpen` to a fix of the whole file, and no file of the
product speaks of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.kit import REPOSITORY, Buffer, RawClient

TOY = REPOSITORY / "tests" / "toy"
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(TOY)])}

BROKEN = """\
width = 3
area = (width * (width + 1)
volume = aera * width ; a misspelt name
"""
FIXED = """\
width = 3
area = (width * (width + 1))
volume = area * width ; a misspelt name
"""


async def test_a_server_fixes_it() -> None:
    client = await RawClient.start(environment=ENVIRONMENT)
    try:
        await client.initialize()
        page = Buffer(client, BROKEN, "file:///project/a.toy", language="toy")
        told = await client.notification("textDocument/publishDiagnostics", uri=page.uri)
        assert [(one["code"], one["range"]["start"]["line"]) for one in told["diagnostics"]] == [
            ("Brackets", 1),
            ("Undefined", 2),
        ]
        bracket = await page.actions(BROKEN.index("(width *"))
        assert bracket[0]["title"] == "Add `)` at the end of the line"
        name = await page.actions(BROKEN.index("aera"))
        assert "Write `area`" in [one["title"] for one in name]
        assert not any(one.get("isPreferred") for one in (*bracket, *name)), "no model was trained for it"
    finally:
        await client.kill()


def test_the_command_line_fixes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toy"
    path.write_text(BROKEN)
    done = subprocess.run(
        [sys.executable, "-m", "quickfix_ls", "fix", "--write", "--unsafe", str(path)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert path.read_text() == FIXED


def test_a_user_of_one_language_loads_no_other() -> None:
    code = (
        "import sys; from quickfix_ls import languages; from quickfix_ls.pipeline import Pipeline; "
        "Pipeline.load(languages.of({name!r})); "
        "print(*(name for name in sys.modules if name.startswith('quickfix_ls.languages.{other}.')))"
    )
    for name, other in (("toy", "python"), ("python", "toy")):
        done = subprocess.run(
            [sys.executable, "-c", code.format(name=name, other=other)],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [f"quickfix_ls.languages.{other}.files"]


def test_no_file_of_the_product_mentions_it() -> None:
    files = [path for path in (REPOSITORY / "quickfix_ls").rglob("*.py") if path.is_file()]
    assert len(files) > 300
    assert [str(path) for path in files if re.search(r"\btoy\b", path.read_text(encoding="utf-8"), re.I)] == []
