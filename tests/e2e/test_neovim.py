"""A person with Neovim, old and new: opens a broken file, takes the code action with its key, saves, undoes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.e2e.acceptance import CASES, Case, Editor
from tests.e2e.driving import environment, on_path, unpacked, version_of, written
from tests.editor_results import RecordCase
from tests.kit import BOUND, REPOSITORY, SERVE

PLUGIN = REPOSITORY / "editors" / "neovim"
SCRIPTS = Path(__file__).parent / "neovim"
NEOVIMS = {"system": on_path("nvim"), "newer": unpacked("neovim", "usr/bin/nvim")}
OURS = "quickfix-ls"

pytestmark = pytest.mark.editors
each_neovim = pytest.mark.parametrize("which", NEOVIMS)


@each_neovim
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_open_ask_apply_save_undo(tmp_path: Path, record_case: RecordCase, which: str, case: Case) -> None:
    nvim = command_of(which)
    record_case(editor(nvim), case.name)
    file = written(tmp_path, case)
    keys = "gra" if is_current(nvim) else ":lua vim.lsp.buf.code_action()<CR>"
    run(nvim, tmp_path, file, case, keys)
    assert Path(f"{file}.fixed").read_bytes() == case.after
    assert file.read_bytes() == case.before


@each_neovim
def test_the_command_applies_the_preferred_fix(tmp_path: Path, record_case: RecordCase, which: str) -> None:
    nvim = command_of(which)
    record_case(editor(nvim), "`:QuickfixFix` applies the preferred fix")
    case = CASES[0]
    file = written(tmp_path, case)
    run(nvim, tmp_path, file, case, ":QuickfixFix<CR>")
    assert Path(f"{file}.fixed").read_bytes() == case.after


@each_neovim
def test_health_and_statusline(tmp_path: Path, record_case: RecordCase, which: str) -> None:
    nvim = command_of(which)
    record_case(editor(nvim), "`:checkhealth quickfix_ls` and the statusline")
    file = written(tmp_path, CASES[0])
    report = tmp_path / "report"
    lua = f"""
        vim.cmd("edit {file}")
        local ours = require("quickfix_ls")
        assert(vim.wait({BOUND * 1000:.0f}, function() return vim.startswith(ours.status(), "quickfix") end, 10))
        vim.cmd("checkhealth quickfix_ls")
        vim.cmd("write {report}")
        vim.cmd("qall!")
    """
    start(nvim, tmp_path, ["-c", f"lua {' '.join(lua.split())}"])
    text = report.read_text()
    assert "ERROR" not in text.upper().replace("0 ERROR", ""), text
    assert "quickfix-ls 0." in text
    assert f"running for {file.parent}" in text


def test_the_mason_package_is_of_this_version() -> None:
    tomllib = pytest.importorskip("tomllib")
    package = yaml.safe_load((PLUGIN / "mason" / "package.yaml").read_text(encoding="utf-8"))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert package["source"]["id"] == f"pkg:pypi/{project['name']}@{project['version']}"
    assert package["bin"] == {name: f"pypi:{name}" for name in project["scripts"]}
    assert package["licenses"] == [project["license"]]
    assert (PLUGIN / "lsp" / f"{package['neovim']['lspconfig']}.lua").exists()


def command_of(which: str) -> list[str]:
    command = NEOVIMS[which]
    if command is None:
        pytest.skip(f"no {which} Neovim: editors/neovim/install-for-tests.sh installs it")
    return command


def is_current(nvim: Sequence[str]) -> bool:
    """Whether Neovim has `vim.lsp.config`."""
    return tuple(map(int, version_of(nvim).split(".")[:2])) >= (0, 11)


def editor(nvim: Sequence[str]) -> Editor:
    return Editor("Neovim" if is_current(nvim) else "Neovim before 0.11", version_of(nvim), "neovim")


def run(nvim: Sequence[str], folder: Path, file: Path, case: Case, keys: str) -> None:
    """Run the whole of a case; what was saved is in `<file>.fixed`, and in the file what undo left."""
    line = case.before.decode().splitlines()[case.line]
    scripts = [SCRIPTS / "second_server.lua"] if case.beside_another_server else []
    options = [word for script in (*scripts, SCRIPTS / "fix.lua") for word in ("-c", f"luafile {script}")]
    start(
        nvim,
        folder,
        options,
        QUICKFIX_FILE=str(file),
        QUICKFIX_CURSOR=f"{case.line + 1} {len(line[: case.column].encode())}",
        QUICKFIX_KEYS=keys,
        QUICKFIX_SOURCES=f"{OURS} ruff" if case.beside_another_server else OURS,
        QUICKFIX_SECOND_SERVER=json.dumps(["ruff", "server"]),
    )


def start(nvim: Sequence[str], folder: Path, options: Sequence[str], **variables: str) -> None:
    """Start Neovim headless with the plugin as the only one, in a home of its own."""
    settings = f"lua vim.g.quickfix_ls = {{ cmd = vim.fn.json_decode([=[{json.dumps(SERVE)}]=]) }}"
    before = ["--cmd", f"set nofixendofline runtimepath^={PLUGIN}", "--cmd", settings]
    runtime = Path(nvim[0]).parent / "usr/share/nvim/runtime"
    more = {"VIMRUNTIME": str(runtime)} if runtime.exists() else {}
    done = subprocess.run(
        [*nvim, "--headless", "--clean", "-n", *before, *options],
        env=environment(folder / "home", **more, **variables),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
