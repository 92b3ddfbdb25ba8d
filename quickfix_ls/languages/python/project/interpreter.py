"""Which Python a project is for, and where its packages lie. Files are read and folders listed; nothing is ever
run, so that an untrusted workspace stays harmless.

The version that code must suit is what the project promises (`requires-python`, the lowest version that keeps the
promise), else what it pins (`.python-version`), else that of its environment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from quickfix_ls.languages.python.project.declared_versions import Version, pinned, promised
from quickfix_ls.languages.python.project.virtual_environments import Environment, active_environment, environment_in

__all__ = ["Environment", "Version", "interpreter_of", "modules_for", "packages_of", "target_of"]


def target_of(path: str, roots: Sequence[str]) -> Version | None:
    """The Python version, as (major, minor), that a file is for; None where nothing tells.

    The nearest folder that promises or pins one decides, from the file's own up to the workspace folder (of
    `roots`) that holds it; a file that lies in none is looked at in its own folder alone. A document that is no
    file (`path` is empty) belongs to the first workspace folder.
    """
    folders = list(_folders(path, roots))
    for folder in folders:
        if version := promised(folder) or pinned(folder):
            return version
    environment = _environment(folders)
    return environment.version if environment else None


def interpreter_of(path: str, roots: Sequence[str]) -> Environment | None:
    """The environment that a file is run in: in the nearest folder that has one, else the one that was activated
    where we were started; None where there is neither. `path` and `roots` as for `target_of`."""
    return _environment(_folders(path, roots))


def modules_for(path: str, roots: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where the modules lie that a file can import: the folders of the packages of the environment that it is run in
    (none where no environment is known), and those around it. `path` and `roots` as for `target_of`."""
    found = interpreter_of(path, roots)
    around = [*([Path(path).parent, *Path(path).parent.parents] if path else []), *map(Path, roots)]
    beside = dict.fromkeys(str(one) for folder in around for one in (folder, folder / "src", folder / "lib"))
    return (found.packages if found is not None else ()), tuple(beside)


def packages_of(roots: Sequence[str]) -> tuple[str, ...]:
    """The folders where the environments of the workspace folders keep their packages, each once."""
    found = (interpreter_of(os.path.join(root, "_"), roots) for root in roots)
    return tuple(dict.fromkeys(folder for one in found if one for folder in one.packages))


def _environment(folders: Sequence[Path] | Iterator[Path]) -> Environment | None:
    return next(filter(None, map(environment_in, folders)), None) or active_environment(os.environ)


def _folders(path: str, roots: Sequence[str]) -> Iterator[Path]:
    """The folders that speak for a file, the nearest first."""
    if not path:
        yield from map(Path, roots[:1])
        return
    folder, tops = Path(path).parent, {Path(root) for root in roots}
    if not tops.intersection((folder, *folder.parents)):
        yield folder
        return
    # Of two workspace folders, one in the other, the inner one speaks for its files.
    for one in (folder, *folder.parents):
        yield one
        if one in tops:
            return
