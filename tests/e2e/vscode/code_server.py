"""code-server, started fresh: its own user data, extensions and settings, on a free port."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.vscode.installed import Installed

Settings = Mapping[str, Any]

QUIET: Settings = {
    "chat.disableAIFeatures": True,
    "editor.autoClosingBrackets": "never",
    "editor.autoClosingQuotes": "never",
    "editor.autoIndent": "none",
    "editor.inlayHints.enabled": "off",
    "editor.parameterHints.enabled": False,
    "editor.quickSuggestions": {"comments": "off", "other": "off", "strings": "off"},
    "editor.suggestOnTriggerCharacters": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "files.autoSave": "off",
    "files.hotExit": "off",
    "files.insertFinalNewline": False,
    "git.enabled": False,
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "window.restoreWindows": "none",
    "workbench.editor.enablePreview": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
"""Settings under which only what is typed is typed, and nothing is fetched or restored."""

START = 120.0
"""Seconds that code-server may take to listen."""


@dataclass(frozen=True)
class CodeServer:
    """A code-server that listens."""

    url: str
    data: Path
    """The user data folder, with the logs."""
    process: int

    def logs(self, name: str) -> str:
        """What the log files whose names match the glob pattern hold, joined."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.data.glob(f"logs/**/{name}")))


def write_settings(data: Path, user: Settings, machine: Settings) -> None:
    """Settings with the scope `machine` are read from a file of their own in a remote window, which this is."""
    for place, settings in (("User", user), ("Machine", machine)):
        folder = data / place
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "settings.json").write_text(json.dumps(dict(settings), indent=1))


def install(programs: Installed, data: Path, *packages: Path) -> None:
    """Install .vsix files as a person does from a shell."""
    command = [*programs.command, *_places(data)]
    for package in packages:
        command += ["--install-extension", str(package)]
    run = subprocess.run(command, env=_environment(data), capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@contextmanager
def serving(programs: Installed, data: Path, environment: Mapping[str, str]) -> Iterator[CodeServer]:
    """Start code-server on a free port, with these variables; it ends, with all that it started, with the block."""
    output = data / "code-server.log"
    command = [*programs.command, *_places(data), "--bind-addr", "127.0.0.1:0", "--auth", "none"]
    command += ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"]
    variables = {**_environment(data), **environment}
    with output.open("w") as log:
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log, start_new_session=True)
    try:
        yield CodeServer(_listening(process, output), data, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _places(data: Path) -> list[str]:
    config = data / "config.yaml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.touch()
    return ["--user-data-dir", str(data), "--extensions-dir", str(data / "extensions"), "--config", str(config)]


def _environment(data: Path) -> dict[str, str]:
    """The environment without what would join us to another VS Code, with a state folder of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VSCODE_", "CODE_SERVER_"))}
    return {**kept, "XDG_STATE_HOME": str(data / "state"), "XDG_DATA_HOME": str(data / "share")}


def _listening(process: subprocess.Popen[bytes], output: Path) -> str:
    """The address that code-server writes once it listens."""
    late = time.monotonic() + START
    while time.monotonic() < late and process.poll() is None:
        found = re.search(r"listening on (http://\S+?)/?\s", output.read_text())
        if found:
            return found[1]
        time.sleep(0.05)
    raise RuntimeError(f"code-server does not listen:\n{output.read_text()}")
