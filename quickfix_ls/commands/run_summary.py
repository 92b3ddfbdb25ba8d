"""How far a long command has come, and what it did in the end."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from quickfix_ls.fix_all import Mended

_FEW = 3
"""So many files are done before a bar could be read."""


@contextmanager
def counted(paths: Iterable[str]) -> Iterator[Iterator[str]]:
    """The same paths, with a bar on standard error while they are taken; without one where that is no terminal, or
    where they are few."""
    if not sys.stderr.isatty():
        yield iter(paths)
        return
    listed = list(paths)
    if len(listed) <= _FEW:
        yield iter(listed)
        return
    # Imported here: rich takes longer to load than a small file to fix.
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    # Where both streams are the terminal, what is printed has to go around the bar; anywhere else it is left alone.
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield iter(progress.track(listed, description="fixing"))


class RunSummary:
    """Counts what was done to the files of one command; as a text, it is the last line."""

    def __init__(self) -> None:
        self.files = self.changed = self.fixed = self.left = 0

    def add(self, mended: Mended) -> None:
        """Count one file."""
        self.files += 1
        self.changed += bool(mended.applied)
        self.fixed += len({offer.problem for offer in mended.applied})
        self.left += len(mended.left)

    def __str__(self) -> str:
        left = f"{_count(self.left, 'problem')} left" if self.left else "nothing left"
        done = f"{_count(self.fixed, 'fix', 'es')} in {_count(self.changed, 'file')}" if self.fixed else "Nothing fixed"
        return f"{done}, {left}; {_count(self.files, 'file')} looked at."


def _count(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{plural}"
