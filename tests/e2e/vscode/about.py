"""What the results of these tests are filed under."""

from __future__ import annotations

import re
import subprocess
import tempfile
from functools import cache

from tests.e2e.acceptance import Editor
from tests.e2e.vscode.installed import FOUND


@cache
def editor() -> Editor:
    """code-server with the version of VS Code in it."""
    assert FOUND is not None
    with tempfile.TemporaryDirectory() as folder:
        command = [*FOUND.command, "--config", f"{folder}/config.yaml", "--version"]
        output = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    version = re.search(r"(\d+\.\d+\.\d+).*?with Code (\d+\.\d+\.\d+)", output, re.DOTALL)
    assert version, output
    return Editor("VS Code", f"{version[2]} (code-server {version[1]})", "vscode")
