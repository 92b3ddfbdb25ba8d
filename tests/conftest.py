"""Makes `tests.kit` importable however pytest is started, and keeps the user's own state and settings out of the
tests, and out of the processes that they start."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_STATE = tempfile.TemporaryDirectory(prefix="quickfix-ls-tests-")
os.environ["XDG_STATE_HOME"] = _STATE.name
# Two processes run tests at once: threads of LightGBM would wait for each other's cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
_NOT_SETTINGS = ("QUICKFIX_LS_LOUD", "QUICKFIX_LS_EDITS", "QUICKFIX_LS_SEED")
for _name in [name for name in os.environ if name.startswith("QUICKFIX_LS_") and name not in _NOT_SETTINGS]:
    del os.environ[_name]


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder that no other test writes to."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder
