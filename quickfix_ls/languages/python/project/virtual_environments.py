"""Virtual environments in the layouts of `venv`, `virtualenv`, uv and conda: their version and their packages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_NAMES = (".venv", "venv", ".env", "env", ".conda", "conda", ".pixi/envs/default")
_ACTIVE = ("VIRTUAL_ENV", "CONDA_PREFIX")
_VERSION = re.compile(r"^\s*version(?:_info)?\s*=\s*(3)\.(\d+)", re.MULTILINE)
_CONDA_PYTHON = re.compile(r"python-(3)\.(\d+)[.\d]*-")
_LIBRARY = re.compile(r"python(3)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Environment:
    """`version` is (major, minor), None if unknown; `packages` are the folders that contain its packages."""

    folder: str
    version: tuple[int, int] | None
    packages: tuple[str, ...]


def environment_in(folder: Path) -> Environment | None:
    """Return the environment in a folder under one of the usual names."""
    return next(filter(None, (_read(folder / name) for name in _NAMES)), None)


def active_environment(variables: Mapping[str, str]) -> Environment | None:
    """Return the environment that is activated in the shell, according to its variables."""
    return next(filter(None, (_read(Path(variables[name])) for name in _ACTIVE if variables.get(name))), None)


def _read(folder: Path) -> Environment | None:
    """Return the environment that a folder contains, if any."""
    try:
        if (folder / "pyvenv.cfg").is_file():
            version_match = _VERSION.search((folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace"))
        elif (folder / "conda-meta").is_dir():
            names = sorted(path.name for path in (folder / "conda-meta").iterdir())
            version_match = next(filter(None, map(_CONDA_PYTHON.match, names)), None)
        else:
            return None
        libraries = list(_libraries(folder))
    except OSError:
        return None
    version_match = version_match or next(filter(None, (_LIBRARY.fullmatch(path.name) for path in libraries)), None)
    version = (int(version_match[1]), int(version_match[2])) if version_match else None
    packages = [str(path / "site-packages") for path in libraries if (path / "site-packages").is_dir()]
    return Environment(str(folder), version, tuple(packages))


def _libraries(folder: Path) -> Iterator[Path]:
    """Yield the folders that contain `site-packages`: `lib/python3.12`, on Windows `Lib`."""
    for lib in ("lib", "lib64"):
        if (folder / lib).is_dir() and not (folder / lib).is_symlink():
            yield from sorted(path for path in (folder / lib).iterdir() if _LIBRARY.fullmatch(path.name))
    if (folder / "Lib" / "site-packages").is_dir():
        yield folder / "Lib"
