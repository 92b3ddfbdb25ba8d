"""What a command says besides its result: on standard error, each line with the program's name."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def complain(message: str) -> None:
    """Print a message to standard error."""
    print(f"quickfix-ls: {message}", file=sys.stderr)


@contextmanager
def warnings_shown(*, is_quiet: bool) -> Iterator[None]:
    """Print what the package logs as a warning while the body runs; only errors if the user wants it quiet."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("quickfix-ls: %(message)s"))
    handler.setLevel(logging.ERROR if is_quiet else logging.WARNING)
    logger = logging.getLogger("quickfix_ls")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
