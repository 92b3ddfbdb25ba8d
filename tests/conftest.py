"""Makes `tests.kit` importable however pytest is started, and keeps the user's own state and settings out of the
tests, and out of the processes that they start."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
pytest_plugins = ["tests.editor_results", "tests.postgres_server"]

_STATE = tempfile.TemporaryDirectory(prefix="quickfix-ls-tests-")
os.environ["XDG_STATE_HOME"] = _STATE.name
os.environ["XDG_CACHE_HOME"] = os.path.join(_STATE.name, "cache")
# Two processes run tests at once: threads of LightGBM would wait for each other's cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
_NOT_SETTINGS = ("QUICKFIX_LS_LOUD", "QUICKFIX_LS_EDITS", "QUICKFIX_LS_SEED")
_NOT_SETTINGS += ("QUICKFIX_LS_BROKEN_TEXTS", "QUICKFIX_LS_BROKEN_LIMIT")
for _name in [name for name in os.environ if name.startswith("QUICKFIX_LS_") and name not in _NOT_SETTINGS]:
    del os.environ[_name]


@pytest.fixture
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder that no other test writes to."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest_asyncio.fixture
async def tasks() -> AsyncIterator[TaskGroup]:
    """A task group for what goes on in the background of a test; what is left is cancelled at its end."""
    from quickfix_ls.tasks import background
    from tests.kit import hosted

    async with hosted(background()) as group:
        yield group
