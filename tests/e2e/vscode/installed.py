"""Where `editors/vscode/install-for-tests.sh` has put code-server, its Node, playwright-core and Chromium."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

INSTALL = "editors/vscode/install-for-tests.sh"


@dataclass(frozen=True)
class Installed:
    """The programs that these tests start."""

    node: Path
    code_server: Path
    playwright: Path
    chromium: Path
    client: Path
    """The modules of vscode-languageclient, for the extension that starts a second server."""

    @property
    def command(self) -> list[str]:
        """How code-server is started."""
        return [str(self.node), str(self.code_server)]


def installed() -> Installed | None:
    """The programs, or None where one is absent."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = Path(os.environ.get("TESTED_CODE_SERVER") or cache / "quickfix-ls-code-server")
    chromium = shutil.which("chromium")
    found = Installed(
        place / "node" / "node_modules" / "node" / "bin" / "node",
        place / "code-server" / "node_modules" / "code-server" / "out" / "node" / "entry.js",
        place / "playwright" / "node_modules" / "playwright-core" / "index.mjs",
        Path(chromium or "absent"),
        place / "client" / "node_modules",
    )
    parts = (found.node, found.code_server, found.playwright, found.chromium, found.client)
    return found if all(part.exists() for part in parts) else None


FOUND = installed()
"""The programs, looked for once: fixtures of the user's state must not move the cache away."""
