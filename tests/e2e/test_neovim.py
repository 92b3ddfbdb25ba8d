"""A person with Neovim: opens a broken file, takes the code action, saves. The file is byte for byte as wanted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit import REPOSITORY, SERVE

NVIM = shutil.which("nvim")

pytestmark = [
    pytest.mark.editors,
    pytest.mark.skipif(NVIM is None, reason="no Neovim: editors/neovim/install-for-tests.sh installs it"),
]

CASES = {
    "an unclosed bracket": (
        b"import os\n\n\ndef f(x:\n    return x\n",
        b"import os\n\n\ndef f(x):\n    return x\n",
    ),
    "CRLF": (b"def f(x)\r\n    return x\r\n", b"def f(x):\r\n    return x\r\n"),
    "no final newline, emoji": (
        "total = 1\nprint('😀', totl)".encode(),
        "total = 1\nprint('😀', total)".encode(),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_open_ask_apply_save(tmp_path: Path, case: str) -> None:
    before, after = CASES[case]
    file = tmp_path / "broken.py"
    file.write_bytes(before)
    settings = tmp_path / "settings.lua"
    settings.write_text(f"vim.g.quickfix_ls = {{ cmd = vim.fn.json_decode([=[{json.dumps(SERVE)}]=]) }}\n")
    plugin = REPOSITORY / "editors" / "neovim" / "quickfix-ls.lua"
    script = Path(__file__).with_name("neovim_fix.lua")
    command = [str(NVIM), "--headless", "--clean", "-n", "--cmd", "set nofixendofline"]
    for lua in (settings, plugin, script):
        command += ["-c", f"luafile {lua}"]
    path = os.pathsep.join([str(REPOSITORY), *sys.path[1:]])
    environment = {**os.environ, "QUICKFIX_FILE": str(file), "PYTHONPATH": path}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert run.returncode == 0, run.stderr + run.stdout
    assert file.read_bytes() == after
