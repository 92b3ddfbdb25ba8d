"""Makes `tests.kit` importable however pytest is started, and keeps the user's own state and settings out of the
tests, and out of the processes that they start."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

_STATE = tempfile.TemporaryDirectory(prefix="quickfix-ls-tests-")
os.environ["XDG_STATE_HOME"] = _STATE.name
_NOT_SETTINGS = ("QUICKFIX_LS_LOUD", "QUICKFIX_LS_EDITS", "QUICKFIX_LS_SEED")
for _name in [name for name in os.environ if name.startswith("QUICKFIX_LS_") and name not in _NOT_SETTINGS]:
    del os.environ[_name]
