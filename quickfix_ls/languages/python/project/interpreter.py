"""The Python version that a project is for, and the location of its packages. Files are read and folders listed;
nothing is ever run, so that an untrusted workspace stays harmless.

The version is the lowest that the project declares (`requires-python`), else the one that it pins (`.python-version`),
else that of its environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from quickfix_ls.languages.python.project.declared_versions import Version, pinned, promised
from quickfix_ls.languages.python.project.virtual_environments import Environment, active_environment, environment_in

__all__ = ["Environment", "Version", "interpreter_of", "modules_for", "packages_of", "target_of"]


def target_of(path: str, roots: Sequence[str]) -> Version | None:
    """Return the Python version, as (major, minor), that a file is for; None if it is unknown.

    The nearest folder with a declared or pinned version decides, from the file's own folder up to the workspace folder
    (of `roots`) that contains it; for a file outside of all workspace folders, only its own folder is read. A document
    that is not a file (`path` is empty) belongs to the first workspace folder.
    """
    folders = list(_folders(path, roots))
    for folder in folders:
        if version := promised(folder) or pinned(folder):
            return version
    environment = _environment(folders)
    return environment.version if environment else None


def interpreter_of(path: str, roots: Sequence[str]) -> Environment | None:
    """Return the environment that a file is run in: that of the nearest folder with one, else the environment that is
    activated in our own process; None if there is neither. `path` and `roots` as for `target_of`."""
    return _environment(_folders(path, roots))


def modules_for(path: str, roots: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the folders whose modules a file can import: the package folders of its environment (none if no
    environment is known), and the folders around the file. `path` and `roots` as for `target_of`."""
    found = interpreter_of(path, roots)
    around = [*([Path(path).parent, *Path(path).parent.parents] if path else []), *map(Path, roots)]
    beside = dict.fromkeys(str(place) for folder in around for place in (folder, folder / "src", folder / "lib"))
    return (found.packages if found is not None else ()), tuple(beside)


def packages_of(roots: Sequence[str]) -> tuple[str, ...]:
    """Return the package folders of the environments of the workspace folders, each once."""
    found = (interpreter_of(os.path.join(root, "_"), roots) for root in roots)
    return tuple(dict.fromkeys(folder for environment in found if environment for folder in environment.packages))


def _environment(folders: Sequence[Path] | Iterator[Path]) -> Environment | None:
    return next(filter(None, map(environment_in, folders)), None) or active_environment(os.environ)


def _folders(path: str, roots: Sequence[str]) -> Iterator[Path]:
    """Yield the folders whose configuration applies to a file, the nearest first."""
    if not path:
        yield from map(Path, roots[:1])
        return
    folder, tops = Path(path).parent, {Path(root) for root in roots}
    if not tops.intersection((folder, *folder.parents)):
        yield folder
        return
    # Of two nested workspace folders, the inner one decides for its files.
    for candidate in (folder, *folder.parents):
        yield candidate
        if candidate in tops:
            return
