"""The folders in which imports of a file are searched, as by a Python process that runs the project."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.languages.python.project.interpreter import interpreter_of


def folders_for(path: str, roots: Sequence[str]) -> tuple[str, ...]:
    """Return the folders in which imports of a file are searched, given its environment: see `search_path`."""
    environment = interpreter_of(path, roots)
    return search_path(path, roots, environment.packages if environment else ())


def search_path(path: str, roots: Sequence[str], packages: Sequence[str]) -> tuple[str, ...]:
    """Return the folders in order of search, without those of the standard library: the file's own unless it is a
    package, the workspace folders with their `src`, and the environment's `packages`, by default those of the running
    interpreter."""
    own = Path(path).parent if path else None
    beside = [own] if own is not None and not (own / "__init__.py").exists() else []
    tops = [folder for root in roots for folder in (Path(root), Path(root, "src")) if folder.is_dir()]
    ours = (entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages")))
    return tuple(dict.fromkeys([*map(str, [*beside, *tops]), *(packages or ours)]))
