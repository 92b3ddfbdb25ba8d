"""Where the imports of a file are looked up, as Python would that runs the project."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.languages.python.project.interpreter import interpreter_of


def folders_for(path: str, roots: Sequence[str]) -> tuple[str, ...]:
    """Where the imports of a file are looked up, in the environment that it is run in: see `search_path`."""
    environment = interpreter_of(path, roots)
    return search_path(path, roots, environment.packages if environment else ())


def search_path(path: str, roots: Sequence[str], packages: Sequence[str]) -> tuple[str, ...]:
    """The folders, the first first, without those of the standard library: the file's own where it is no package, the
    workspace folders with their `src`, and the environment's `packages`, our own interpreter's where there are none."""
    own = Path(path).parent if path else None
    beside = [own] if own is not None and not (own / "__init__.py").exists() else []
    tops = [folder for root in roots for folder in (Path(root), Path(root, "src")) if folder.is_dir()]
    ours = (one for one in sys.path if one.endswith(("site-packages", "dist-packages")))
    return tuple(dict.fromkeys([*map(str, [*beside, *tops]), *(packages or ours)]))
