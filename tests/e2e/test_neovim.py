"""A person with Neovim: opens a broken file, takes the code action, saves. The file is byte for byte as wanted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES, FILE_NAME, Case, Editor
from tests.editor_results import RecordCase
from tests.kit import REPOSITORY, SERVE

NVIM = shutil.which("nvim")

pytestmark = [
    pytest.mark.editors,
    pytest.mark.skipif(NVIM is None, reason="no Neovim: editors/neovim/install-for-tests.sh installs it"),
]


def editor() -> Editor:
    output = subprocess.run([str(NVIM), "--version"], capture_output=True, text=True, timeout=60, check=True).stdout
    return Editor("Neovim, Debian 12's", output.split()[1].removeprefix("v"), "neovim")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_save(tmp_path: Path, record_case: RecordCase, case: Case) -> None:
    record_case(editor(), case.name)
    if case.beside_another_server:
        pytest.skip("not driven yet")
    file = tmp_path / FILE_NAME
    file.write_bytes(case.before)
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
    assert file.read_bytes() == case.after
