"""The user's folder for what quickfix-ls keeps between its runs: `$XDG_STATE_HOME/quickfix-ls` if that variable is set,
else a folder in the system's place for state."""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """Return the path of the folder, which may not exist."""
    if home := os.environ.get("XDG_STATE_HOME"):
        return Path(home, "quickfix-ls")
    from platformdirs import user_state_path

    return user_state_path("quickfix-ls", appauthor=False)
