"""Match file paths with globs like those of `.gitignore`: `*.py`, `tests/**`, `src/*/generated`.

A glob is anchored at a folder: without a slash it matches a name at any depth below the folder, with a slash it matches
a path relative to the folder. A glob that matches a folder matches everything in it. `*` and `?` match within one name,
`**` matches across folders.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import PurePath


def anchored(glob: str, folder: str) -> str:
    """Convert a glob for the paths below `folder` into a glob for absolute paths."""
    glob = glob.replace(os.sep, "/").removeprefix("./").rstrip("/")
    if PurePath(glob).is_absolute():
        return glob
    base = "".join(f"[{char}]" if char in "*?[" else char for char in PurePath(folder).as_posix()).rstrip("/")
    return f"{base}/{glob}" if "/" in glob else f"{base}/**/{glob}"


def fits(glob: str, path: str) -> bool:
    """Return whether an anchored glob matches a path, or a folder that the path lies in."""
    return _pattern(glob).match(PurePath(path).as_posix()) is not None


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile("".join(map(_translated, _PIECE.findall(glob))) + r"(?:/|\Z)", re.DOTALL)


_PIECE = re.compile(r"\*\*/|\*\*|\*|\?|\[[!^]?\]?[^\]/]*\]|.", re.DOTALL)


def _translated(piece: str) -> str:
    if piece == "**/":
        return "(?:[^/]+/)*"
    if piece == "**":
        return ".*"
    if piece in ("*", "?"):
        return "[^/]*" if piece == "*" else "[^/]"
    if len(piece) > 1:
        negated = piece[1] in "!^"
        inside = piece[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", r"\[").replace("]", r"\]")
        return f"[{'^' if negated else ''}{inside}]"
    return re.escape(piece)
