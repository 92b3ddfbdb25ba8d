"""code-server, a browser and a window on a folder, with our extension in it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.vscode.code_server import QUIET, Settings, install, serving, write_settings
from tests.e2e.vscode.installed import Installed
from tests.e2e.vscode.packages import ours, packed
from tests.e2e.vscode.page import open_page
from tests.e2e.vscode.window import Window
from tests.kit import REPOSITORY


@dataclass(frozen=True)
class Started:
    """A window that is there."""

    window: Window
    folder: Path
    """The folder that is open."""


@contextmanager
def started(
    programs: Installed,
    place: Path,
    *,
    user: Settings | None = None,
    bundled: bool = False,
    beside: Sequence[Path] = (),
) -> Iterator[Started]:
    """Start all of it in the folder `place`, with further settings and the .vsix files `beside` ours. The server is
    the one of this tree, or else, where it is to be `bundled`, what the package carries."""
    data, folder = place / "data", place / "project"
    folder.mkdir()
    package = ours(bundled=bundled)
    assert package is not None
    eyes = packed(Path(__file__).with_name("eyes"), place / "eyes.vsix")
    install(programs, data, package, eyes, *beside)
    machine = {} if bundled else {"quickfix-ls.path": [str(_program(place))]}
    write_settings(data, {**QUIET, **(user or {})}, machine)
    environment = {"TESTED_EYES": str(place / "port")}
    with serving(programs, data, environment) as server, open_page(programs, place) as page:
        window = Window(page, server, place / "port")
        window.show(folder)
        yield Started(window, folder)


def _program(place: Path) -> Path:
    """A program `quickfix-ls` that runs the code of this tree, wherever it is started."""
    program = place / "quickfix-ls"
    path = shlex.quote(os.pathsep.join([str(REPOSITORY), *sys.path[1:]]))
    program.write_text(f'#!/bin/sh\nPYTHONPATH={path} exec {shlex.quote(sys.executable)} -m quickfix_ls "$@"\n')
    program.chmod(0o755)
    return program
