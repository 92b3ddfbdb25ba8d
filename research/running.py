"""How the commands of this folder end: with an exit code, and with a sentence where something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable

from quickfix_ls.errors import QuickfixError


def exit_code(work: Callable[[], int]) -> int:
    """What `work` returns; 2 where it raises one of our own errors, whose message is printed to stderr."""
    try:
        return work()
    except QuickfixError as error:
        print(f"research: {error}", file=sys.stderr)
        return 2
