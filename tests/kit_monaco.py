"""The page of examples/monaco as it is served, and visits to it in Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.kit import REPOSITORY

PAGE = REPOSITORY / "examples" / "monaco"
CHROMIUM = shutil.which("chromium")
IS_READY = CHROMIUM is not None and all((PAGE / name).exists() for name in ("dist", "node_modules/playwright-core"))
"""Whether examples/monaco/install-for-tests.sh has run."""

LIMIT = 150.0
"""Seconds that a visit of the page may take; each of its steps has a shorter limit."""


class Page:
    """The page as it is served, and how to visit it."""

    def __init__(self, url: str, pid: int) -> None:
        self.url, self.pid = url, pid

    def visit(self, scenario: str, **given: Any) -> dict[str, Any]:
        """What a scenario of tests/drive.mjs saw; the page must have had no error of its own."""
        command = ["node", str(PAGE / "tests" / "drive.mjs"), scenario]
        told = json.dumps({"url": self.url, "server": self.pid, "chromium": CHROMIUM, **given})
        run = subprocess.run(command, input=told, capture_output=True, text=True, timeout=LIMIT, check=False)
        assert run.returncode == 0, run.stderr
        seen: dict[str, Any] = json.loads(run.stdout)
        errors = seen.pop("errors")
        assert not errors, errors
        return seen


@contextmanager
def served_page() -> Iterator[Page]:
    """The page and its server, started by the command that `npm start` runs, and ended with the block."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY), *sys.path[1:]])}
    command = ["node", str(PAGE / "serve.mjs"), "0", sys.executable, "-m", "quickfix_ls"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as served:
        assert served.stdout is not None
        told = re.search(r"http://\S+", served.stdout.readline())
        assert told is not None
        try:
            yield Page(told[0], served.pid)
        finally:
            served.terminate()
