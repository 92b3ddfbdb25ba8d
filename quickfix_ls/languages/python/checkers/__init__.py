"""The checkers for Python, one tool a file: the interpretation of its diagnostics, and its command."""

from __future__ import annotations

import re

from quickfix_ls import checkers
from quickfix_ls.checkers import Checkers
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.languages.python.facts import target_of
from quickfix_ls.values import Reported

CHECKERS = Checkers(
    __name__,
    target_of,
    ".py",
    imports=re.compile(r"\s*(?:from|import)\b"),
    import_errors=frozenset({"ImportError", "ModuleNotFoundError"}),
    other_suffixes=(".pyi",),
)


def read(reported: Reported) -> Reading | None:
    """Return the interpretation of a diagnostic; None if it is about nothing that can be fixed."""
    return checkers.read(CHECKERS, reported)


def is_known(source: str) -> bool:
    """Return whether a diagnostic source is a checker whose codes are known."""
    return checkers.is_known(CHECKERS, source)
