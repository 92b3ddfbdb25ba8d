"""The shell commands that the documentation shows: found in its code blocks, and run in a folder of their own.

A block in `sh` is run as a script; of one in `console`, the lines after `$ ` are run and what they print is compared
with the lines below them, where `...` stands for anything. A comment on the lines before a block says how it is run:

    <!-- commands: exit 1 -->                   it ends with this exit code, not with 0; `exit 0 or 1`: with either
    <!-- commands: fresh -->                    by docs/try_commands.py, where nothing of ours is installed
    <!-- commands: not run: it needs ... -->    not at all, and why
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.kit import REPOSITORY

_BLOCK = re.compile(
    r"(?:^ *<!-- commands: (?P<how>.*?) -->\n\s*)?^(?P<indent> *)```(?P<language>sh|bash|shell|console)\b.*?\n"
    r"(?P<text>.*?)^(?P=indent)```$",
    re.DOTALL | re.MULTILINE,
)
_HOW = re.compile(r"(?P<fresh>fresh)?(?:, )?(?:exit (?P<codes>\d+(?: or \d+)*))?|not run: (?P<why>.+)", re.DOTALL)
_ELSEWHERE = {"node_modules", "bundled", "dist", ".venv", "site"}
"""Folders of things that are made or fetched, which hold no documentation."""

_BOUND_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class CommandBlock:
    """A block of shell commands. `page` is its file's path in the repository, `line` is where the block begins.
    It ends with any of `exit_codes`; `fresh` blocks need a place where nothing of ours is installed; `why_not` is the
    reason if it is not run."""

    page: str
    line: int
    language: str
    text: str
    exit_codes: tuple[int, ...] = (0,)
    fresh: bool = False
    why_not: str = ""

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def documents() -> list[Path]:
    """Return the Markdown files of the repository that are documentation, not data of tests."""
    found = []
    for folder, names, files in os.walk(REPOSITORY):
        names[:] = [name for name in names if name not in _ELSEWHERE and not name.startswith(".")]
        found += [Path(folder, file) for file in files if file.endswith(".md")]
    return sorted(path for path in found if path.relative_to(REPOSITORY).parts[0] not in ("tests", "quickfix_ls"))


def all_blocks() -> list[CommandBlock]:
    """Return the blocks of shell commands of all documents. Raises ValueError for a comment that says nothing known."""
    pages = {path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in documents()}
    return [block for page, markdown in pages.items() for block in blocks_of(page, markdown)]


def blocks_of(page: str, markdown: str) -> Iterator[CommandBlock]:
    """Yield the blocks of shell commands of a page. Raises ValueError for a comment that says nothing known."""
    for found in _BLOCK.finditer(markdown):
        line = markdown.count("\n", 0, found.start("language")) + 1
        how = _HOW.fullmatch(found["how"] or "")
        if how is None:
            raise ValueError(
                f"{page}:{line}: commands are `fresh`, `exit N` or `not run: REASON`, not `{found['how']}`"
            )
        codes = tuple(map(int, (how["codes"] or "0").split(" or ")))
        text = textwrap.dedent(found["text"])
        yield CommandBlock(page, line, found["language"], text, codes, bool(how["fresh"]), how["why"] or "")


def sandbox(folder: Path) -> dict[str, str]:
    """Fill a folder with the examples and what editors need, and return the environment in which commands run there: a
    home of its own, no index of packages, and this repository's `quickfix-ls` first on PATH."""
    shutil.copytree(REPOSITORY / "editors", folder / "editors", ignore=shutil.ignore_patterns(*_ELSEWHERE))
    shutil.copytree(REPOSITORY / "examples" / "shop", folder / "examples" / "shop")
    for example in (REPOSITORY / "examples").glob("*.py"):
        shutil.copy(example, folder / "examples")
    programs = folder / ".programs"
    programs.mkdir()
    ours = programs / "quickfix-ls"
    ours.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quickfix_ls "$@"\n', encoding="utf-8")
    ours.chmod(0o755)
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        **_homeless(os.environ),
        **home_in(folder),
        "PATH": path,
        "PYTHONPATH": str(REPOSITORY),
        "PIP_NO_INDEX": "1",
    }


def home_in(folder: Path) -> dict[str, str]:
    """Make a home in a folder, and return the variables that point to it."""
    home = folder / ".home"
    home.mkdir(parents=True)
    return {"HOME": str(home), "NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}


def run_block(block: CommandBlock, folder: Path, environment: Mapping[str, str], bound: float = _BOUND_SECONDS) -> str:
    """Run a block's commands in a folder, each for `bound` seconds at most; return what went wrong, or an empty
    string."""
    if block.language != "console":
        code, printed = _run(f"set -e\n{block.text}", folder, environment, bound)
        return "" if code in block.exit_codes else f"{block.place} ended with {code}:\n{printed}"
    code = 0
    for command, expected in _console(block.text):
        code, printed = _run(command, folder, environment, bound)
        if not re.fullmatch(re.escape(expected).replace(re.escape("..."), ".*"), printed, re.DOTALL):
            return f"{block.place}: `{command}` printed\n{printed}\nand not\n{expected}"
    return "" if code in block.exit_codes else f"{block.place} ended with {code}"


def _console(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a terminal's text, and what is printed below it; `...` where nothing is shown."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed.rstrip("\n") or "..."


def _run(script: str, folder: Path, environment: Mapping[str, str], bound: float) -> tuple[int, str]:
    """Run a script with its children; after `bound` seconds they are killed, and the exit code is -9."""
    process = subprocess.Popen(
        ["bash", "-c", script], cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    try:
        printed, _ = process.communicate(timeout=bound)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        printed, _ = process.communicate()
    return process.returncode, "\n".join(line.rstrip() for line in printed.rstrip("\n").split("\n"))


def _homeless(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without what points to its user's own files and settings."""
    ours = ("XDG_", "QUICKFIX_LS_", "VIRTUAL_ENV")
    return {key: value for key, value in environment.items() if not key.startswith(ours)}
