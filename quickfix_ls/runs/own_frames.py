"""Which places of an error are in the user's own files, not in the standard library or in installed packages."""

from __future__ import annotations

import os
import re
import sys

from quickfix_ls.runs.record import Frame, RunError

_OTHERS = re.compile(r"[\\/](?:site-packages|dist-packages|lib(?:64)?[\\/]python\d[\w.]*)[\\/]", re.IGNORECASE)


def is_own(path: str) -> bool:
    """Return whether a path is that of a file of the user's own, of whichever interpreter the others are."""
    is_others = _OTHERS.search(path) or path.startswith((sys.base_prefix + os.sep, "<"))
    return not is_others and os.path.isfile(path)


def own_frames(error: RunError) -> list[Frame]:
    """Return the places of an error in the user's own files, the innermost first."""
    return [frame for frame in reversed(error.frames) if is_own(frame.path)]
