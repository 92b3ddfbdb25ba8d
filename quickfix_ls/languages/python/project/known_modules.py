"""The modules of well-known packages, whether installed or not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("known_modules.txt")


@cache
def known_modules() -> frozenset[str]:
    """Return the top-level modules of the most downloaded packages, as listed in `known_modules.txt`."""
    lines = _DATA.read_text(encoding="utf-8").splitlines() if _DATA.is_file() else []
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
