"""What tests of real editors share: where an editor is, the environment it runs in, and a terminal to type into."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.e2e.acceptance import Case
from tests.kit import BOUND, REPOSITORY

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quickfix-ls-editors"
_ANOTHER_LOOK = 0.05
"""Seconds between two looks at a screen; a terminal tells nobody when it changes."""


def unpacked(folder: str, program: str) -> list[str] | None:
    """The command of a program that `editors/unpack-newer.sh` put into a folder of ours, or None where it is absent."""
    place = _CACHE / folder
    return [str(place / "run"), program] if (place / "complete").exists() else None


def on_path(program: str) -> list[str] | None:
    """The command of a program of the system, or None where it is absent."""
    found = shutil.which(program)
    return [found] if found else None


def version_of(command: Sequence[str], option: str = "--version") -> str:
    """The first word that begins with a digit in what a program says of its version."""
    run = subprocess.run([*command, option], capture_output=True, text=True, timeout=BOUND, check=True)
    return next(word.lstrip("vV") for word in run.stdout.split() if word.lstrip("vV")[:1].isdigit())


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of an editor with a home of its own, in which `quickfix-ls` runs the code of this checkout,
    and `ruff` is the one of the test's Python."""
    programs = home / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    for name, module in (("quickfix-ls", "quickfix_ls"), ("ruff", "ruff")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n')
        (programs / name).chmod(0o755)
    folders = {name: str(home / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    path = os.pathsep.join([str(REPOSITORY), *sys.path[1:]])
    own = {
        "HOME": str(home),
        "PYTHONPATH": path,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        **folders,
    }
    return {**os.environ, **own, **more}


def written(folder: Path, case: Case) -> Path:
    """The file of a case, in a folder that is a project of its own."""
    project = folder / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text("")
    return case.write(project)


class Terminal:
    """A tmux server of its own that runs one program; closed by leaving it.

    Every wait is for a condition of the screen or of a file, and fails after `BOUND` seconds with the screen."""

    def __init__(self, folder: Path, command: Sequence[str], variables: Mapping[str, str]) -> None:
        self._socket = str(folder / "tmux")
        self._variables = dict(variables)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "180", "-y", "50", "--", *command)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, timeout=BOUND, check=False)

    def keys(self, *keys: str) -> None:
        """Press keys by tmux's names for them, such as `Enter`, `C-c` or `a`."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text character by character, no part of it read as the name of a key."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def until(self, shown: str | Callable[[str], bool]) -> str:
        """Wait until the screen shows a text, or a condition of its text holds; the screen."""
        holds = shown if callable(shown) else lambda screen: shown in screen
        screen = ""

        def shows() -> bool:
            nonlocal screen
            screen = self.screen()
            return holds(screen)

        wait_until(shows, lambda: f"waited in vain for {shown!r} on the screen:\n{screen}")
        return screen

    def until_bytes(self, file: Path, expected: bytes) -> None:
        """Wait until a file has these bytes."""
        wait_until(
            lambda: file.read_bytes() == expected,
            lambda: f"the file has {file.read_bytes()!r}, not {expected!r}; the screen:\n{self.screen()}",
        )

    def _tmux(self, *arguments: str) -> str:
        run = subprocess.run(
            ["tmux", "-S", self._socket, *arguments],
            env=self._variables,
            capture_output=True,
            text=True,
            timeout=BOUND,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        return run.stdout


def wait_until(holds: Callable[[], bool], failure: Callable[[], str]) -> None:
    """Look again and again until it holds. Raises AssertionError after `BOUND` seconds."""
    deadline = time.monotonic() + BOUND
    while not holds():
        assert time.monotonic() < deadline, failure()
        time.sleep(_ANOTHER_LOOK)
