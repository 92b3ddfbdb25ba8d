"""Runs the commands of the documentation that install something, each where nothing of ours is installed.

pip install -c constraints.txt -e ".[docs]" && python docs/try_commands.py [PAGE...]
python docs/try_commands.py --not-run   # lists the commands that are never run, with the reasons

The package is built from this repository, and the installers find it as the page on installation says. Everything else
comes from the package index that pip and uv are set up for. Each block of commands has a clone of the repository, a
home and a Python of its own, and on PATH only the installers (pip, pipx, uv, pre-commit) and the system's programs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import yaml

from tests.kit_commands import REPOSITORY, CommandBlock, all_blocks, home_in, run_block

_INSTALLERS = ("uv", "uvx", "pipx", "pre-commit", "check-jsonschema")
_BOUND_SECONDS = 300.0


def main() -> int:
    """Run all blocks, or those of the pages whose paths are given; return 1 if any of them failed."""
    if sys.argv[1:] == ["--not-run"]:
        print(*(f"{block.place}: {block.why_not}" for block in all_blocks() if block.why_not), sep="\n")
        return 0
    fresh = [*(block for block in all_blocks() if block.fresh), _action()]
    blocks = [block for block in fresh if not sys.argv[1:] or block.page in sys.argv[1:]]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="quickfix-ls-docs-") as work:
        packages = _built(Path(work, "dist"))
        caches = Path(work, "caches")
        for number, block in enumerate(blocks):
            begun = time.monotonic()
            trouble = _tried(block, Path(work, str(number), "quickfix-ls"), packages, caches)
            failed += bool(trouble)
            print(
                f"{'FAILED' if trouble else 'ok':6} {block.place} ({time.monotonic() - begun:.0f} s) {trouble}",
                flush=True,
            )
    print(f"{len(blocks) - failed} passed, {failed} failed")
    return 1 if failed or not blocks else 0


def _action() -> CommandBlock:
    """Return the steps of the GitHub Action as a block: it is held to GitHub's schema, installs, and finds problems."""
    install, check = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    runner = 'export RUNNER_TEMP="$PWD/.home" GITHUB_PATH="$PWD/.home/path" ACTION_PATH="$PWD" PYTHON=python3'
    inputs = 'export PATH="$(cat "$GITHUB_PATH"):$PATH" PATHS=examples ONLY="" SETTINGS=""'
    schema = "check-jsonschema --builtin-schema vendor.github-actions action.yml"
    parts = [schema, runner, install["run"], inputs, check["run"]]
    return CommandBlock("action.yml", 1, "sh", "\n".join(parts), (1,), fresh=True)


def _built(folder: Path) -> Path:
    """Build the package into a folder."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(REPOSITORY)]
    subprocess.run(build, check=True)
    return folder


def _tried(block: CommandBlock, folder: Path, packages: Path, caches: Path) -> str:
    """Run a block in a copy of the repository's tracked files; return what went wrong, or an empty string."""
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{REPOSITORY}", str(folder)], check=True)
    programs = folder / ".programs"
    programs.mkdir()
    for name in _INSTALLERS:
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    # A Python of its own, so that `pip install` outside of a virtual environment changes nothing else.
    subprocess.run([sys.executable, "-m", "virtualenv", "--quiet", str(folder.parent / "python")], check=True)
    home = home_in(folder)
    path = [programs, Path(home["HOME"], ".local", "bin"), folder.parent / "python" / "bin", *_system_path()]
    variables = {**_plain(os.environ), **home, **_finding(packages, caches), "PATH": os.pathsep.join(map(str, path))}
    return run_block(block, folder, variables, _BOUND_SECONDS)


def _finding(packages: Path, caches: Path) -> dict[str, str]:
    """Return the variables by which the installers find the built package, beside what they are set up for."""
    links = " ".join(filter(None, [str(packages), os.environ.get("PIP_FIND_LINKS", "")]))
    return {
        "PIP_FIND_LINKS": links,
        "UV_FIND_LINKS": str(packages),
        # Each program is started once, so that it is in vain to compile all modules. pip reads "0" as "not".
        "PIP_NO_COMPILE": "0",
        "PIP_CACHE_DIR": str(caches / "pip"),
        "UV_CACHE_DIR": str(caches / "uv"),
        "PRE_COMMIT_HOME": str(caches / "pre-commit"),
        "PIP_CONSTRAINT": str(REPOSITORY / "constraints.txt"),
    }


def _system_path() -> list[Path]:
    """Return the folders of PATH that hold no quickfix-ls."""
    folders = [Path(folder) for folder in os.environ["PATH"].split(os.pathsep)]
    return [folder for folder in folders if not (folder / "quickfix-ls").exists()]


def _plain(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what makes our own code importable or belongs to this user."""
    ours = ("XDG_STATE", "XDG_CACHE", "XDG_DATA", "QUICKFIX_LS_", "VIRTUAL_ENV", "PYTHON")
    return {key: value for key, value in environment.items() if not key.startswith(ours)}


if __name__ == "__main__":
    sys.exit(main())
