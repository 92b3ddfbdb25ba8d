"""A person with Vim and ALE: the key for code actions, a number, `:w`, `u`, in a real terminal."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.acceptance import CASES, Case, Editor
from tests.e2e.driving import Terminal, environment, on_path, written
from tests.editor_results import RecordCase
from tests.kit import BOUND, REPOSITORY

ALE = Path("/usr/share/vim-ale")
VIMRC = """
set nocompatible encoding=utf-8 nofixendofline noswapfile laststatus=2 statusline=%{ale#statusline#Count(bufnr()).total}
filetype plugin on
packadd! ale
let g:ale_linters = {'python': ['quickfix-ls'], 'sql': ['quickfix-ls']}
let mapleader = '\\'
"""
pytestmark = [
    pytest.mark.editors,
    pytest.mark.skipif(
        not ALE.exists() or on_path("vim") is None or on_path("tmux") is None,
        reason="no Vim with ALE: editors/vim/install-for-tests.sh installs it",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_save_undo(tmp_path: Path, record_case: RecordCase, case: Case) -> None:
    record_case(Editor("Vim, ALE", versions(), "vim"), case.name)
    if case.beside_another_server:
        pytest.skip("ALE 3.3 loses the fixes of the one that answers later where two servers answer")
    file = written(tmp_path, case)
    variables = environment(tmp_path / "home")
    ours = (REPOSITORY / "editors" / "vim" / "ale.vim").read_text()
    (Path(variables["HOME"]) / ".vimrc").write_text(VIMRC + ours)
    with Terminal(
        tmp_path, ["vim", f"+call cursor({case.line + 1}, {byte_column(case)})", str(file)], variables
    ) as vim:
        # The statusline counts the diagnostics.
        vim.until(lambda screen: screen.splitlines()[-2].strip() == "1")
        vim.keys("\\", "f")
        choose(vim, case)
        save(vim)
        vim.until_bytes(file, case.after)
        vim.keys("u")
        save(vim)
        vim.until_bytes(file, case.before)


def choose(vim: Terminal, case: Case) -> None:
    """Take the first fix of the list by its number."""
    screen = vim.until("Type number")
    assert f"1) {case.title}" in screen
    vim.keys("1", "Enter")
    first_line = next(line for line in case.after.decode().splitlines() if line not in case.before.decode())
    vim.until(lambda screen: any(line.endswith(first_line) for line in screen.splitlines()))


def save(vim: Terminal) -> None:
    vim.type(":w")
    vim.keys("Enter")


def byte_column(case: Case) -> int:
    """The column in bytes, from 1, as Vim counts."""
    return len(case.before.decode().splitlines()[case.line][: case.column].encode()) + 1


def versions() -> str:
    """The versions of Vim and of ALE."""
    vim = subprocess.run(["vim", "--version"], capture_output=True, text=True, timeout=BOUND, check=True).stdout
    plugin = (ALE / "autoload" / "ale.vim").read_text()
    number = re.search(r"s:current_ale_version = \[(\d+), (\d+), (\d+)\]", plugin)
    assert number is not None
    return f"{vim.split()[4]}, ALE {'.'.join(number.groups())}"
