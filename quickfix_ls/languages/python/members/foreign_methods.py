"""What Python's builtin types have in place of the methods of other languages; the table is read at the first question
about a member that a type lacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quickfix_ls.languages.python.project.packages import releases

_TABLE = Path(__file__).with_name("foreign_methods.toml")


def translations(type_name: str, name: str) -> tuple[str, ...] | None:
    """Return the names or templates for a foreign member of a builtin type, the likeliest first; none if there is
    nothing like it in Python, and None if the name is not known as foreign."""
    return _translations().get((type_name, name))


@cache
def _translations() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for release in releases(_TABLE.read_text(encoding="utf-8")):
        for type_name, members in release.items():
            for name, new in members.items() if isinstance(members, dict) else ():
                found[type_name, name] = (new,) if isinstance(new, str) else tuple(new)
    return found
