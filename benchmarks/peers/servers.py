"""The servers that are compared, how each is started, and what of each is told to the reader."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quickfix_ls import __version__
from tests.kit import REPOSITORY, SERVE

OURS = "quickfix-ls"


@dataclass(frozen=True, slots=True)
class Server:
    """A language server. `patience` is how many seconds at most its first diagnostics of a file are waited for: those
    that publish for every file get long enough for a slow machine, those that are silent on a file without problems
    only as long as it takes them."""

    name: str
    command: tuple[str, ...]
    version: str
    patience: float = 15.0
    options: Mapping[str, Any] = field(default_factory=dict)


def servers(folder: Path) -> list[Server]:
    """Ourselves, and those others whose programs lie in a folder, the slowest first: so those asked two at a time end
    together."""
    ours = Server(OURS, tuple(SERVE), __version__, patience=1.5)
    every = [
        _peer(folder, "jedi-language-server"),
        _peer(folder, "pylsp", options=_ROPE),
        _peer(folder, "basedpyright-langserver", "--stdio"),
        ours,
        _peer(folder, "ty", "server"),
        _peer(folder, "ruff", "server"),
    ]
    return [one for one in every if one is not None]


_ROPE = {
    "pylsp": {
        "plugins": {
            # Off unless one asks for it; its index in memory leaves no folder in the workspace.
            "rope_autoimport": {"enabled": True, "memory": True, "code_actions": {"enabled": True}}
        }
    }
}


def environment(home: Path, server: Server) -> dict[str, str]:
    """What a server is started with: nobody's own settings, and the interpreter that runs this, whose packages the
    rows import."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    shared = {"PATH": path, "HOME": str(home), "VIRTUAL_ENV": sys.prefix, "LANG": "C.UTF-8"}
    return {**shared, "PYTHONPATH": str(REPOSITORY)} if server.name == OURS else shared


def _peer(folder: Path, program: str, *arguments: str, options: Mapping[str, Any] | None = None) -> Server | None:
    path = folder / program
    if not path.exists():
        return None
    name = program.removesuffix("-langserver")
    return Server(name, (str(path), *arguments), _version(folder / name), options=options or {})


def _version(program: Path) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0].split()[-1].lstrip("v")
