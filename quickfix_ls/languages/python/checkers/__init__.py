"""The checkers of Python, one tool a file: what its diagnostics mean in our terms, and how it is run."""

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
    """What a diagnostic says, in our terms; None where it is about nothing that can be fixed."""
    return checkers.read(CHECKERS, reported)


def is_known(source: str) -> bool:
    """Whether diagnostics of that source are of a checker whose codes we know."""
    return checkers.is_known(CHECKERS, source)
