"""The checkers for SQL, one tool a file: the interpretation of its diagnostics, and its command.

sqls (https://github.com/sqls-server/sqls) has no file: it publishes no diagnostics, and what it says of a query that it
runs are its engine's words, which `languages.sql.engines` reads.
"""

from __future__ import annotations

import re

from quickfix_ls import checkers
from quickfix_ls.checkers import Checkers
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.values import Reported

CHECKERS = Checkers(
    __name__, lambda environment: (0, 0), ".sql", imports=re.compile(r"(?!)"), import_errors=frozenset()
)


def read(reported: Reported) -> Reading | None:
    """Return the interpretation of a diagnostic of a known tool; None if it is about nothing that can be fixed."""
    return checkers.read(CHECKERS, reported) if is_known(reported.source) else None


def is_known(source: str) -> bool:
    """Return whether a diagnostic source is a tool whose codes are known."""
    return checkers.is_known(CHECKERS, source)
