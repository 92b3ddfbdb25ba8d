"""The hook for uncaught exceptions in a real program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.kit import REPOSITORY

_INSTALLED = "from quickfix_ls.integrations.excepthook import install\n\ninstall()\n"


def _run(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "program.py").write_text(text)
    paths = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "program.py"], cwd=folder, env={**os.environ, "PYTHONPATH": paths},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_fix_is_under_the_traceback_once(tmp_path: Path) -> None:
    done = _run(f"{_INSTALLED}install()\nprice = 3\nprint(pric)\n", tmp_path)
    traceback, _, below = done.stderr.partition("NameError: name 'pric' is not defined")
    assert done.returncode == 1
    assert traceback.startswith("Traceback")
    assert below.count("print(price)") == 1


def test_hook_that_was_there_before_is_called(tmp_path: Path) -> None:
    done = _run(
        f"import sys\nsys.excepthook = lambda *a: print('before')\n{_INSTALLED}price = 3\nprint(pric)\n", tmp_path
    )
    assert done.stdout == "before\n"
    assert "print(price)" in done.stderr


def test_interrupts_are_left_alone(tmp_path: Path) -> None:
    assert _run(f"{_INSTALLED}raise KeyboardInterrupt\n", tmp_path).stderr.rstrip().endswith("KeyboardInterrupt")
