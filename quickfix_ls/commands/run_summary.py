"""The progress bar of a long command, and the summary at its end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from quickfix_ls.commands.selection import Cause, LeftProblem, summary
from quickfix_ls.fix_all import FixedDocument

_MAX_WITHOUT_BAR = 3
"""Up to this number of files there is no progress bar, since they are done too soon."""


@contextmanager
def counted(paths: Iterable[str], *, is_quiet: bool = False) -> Iterator[Iterator[str]]:
    """Yield an iterator over the paths that shows a progress bar on standard error while they are consumed.

    There is no bar if standard error is not a terminal, the user wants it quiet, or for a few paths only.
    """
    if is_quiet or not sys.stderr.isatty():
        yield iter(paths)
        return
    listed = list(paths)
    if len(listed) <= _MAX_WITHOUT_BAR:
        yield iter(listed)
        return
    # Imported here: importing rich takes longer than fixing a small file.
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    # If both streams are the terminal, printed lines must go above the bar; otherwise stdout is not redirected.
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        yield iter(progress.track(listed, description="fixing"))


class RunSummary:
    """Counts the files and fixes of a command; as a string, it is the summary's line."""

    def __init__(self) -> None:
        self.files = self.changed = self.fixed = self.left = 0
        self._causes: Counter[Cause] = Counter()

    def add(self, result: FixedDocument, left: Sequence[LeftProblem]) -> None:
        """Count the result of a file, and the problems that are left in it."""
        self.files += 1
        self.changed += bool(result.applied)
        self.fixed += len({offer.problem for offer in result.applied})
        self.left += len(left)
        self._causes.update(problem.cause for problem in left)

    def __str__(self) -> str:
        left = f"{_count(self.left, 'problem')} left" if self.left else "nothing left"
        why = f" ({summary(self._causes)})" if self.left else ""
        done = f"{_count(self.fixed, 'fix', 'es')} in {_count(self.changed, 'file')}" if self.fixed else "Nothing fixed"
        return f"{done}, {left}{why}; {_count(self.files, 'file')} looked at."


def _count(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{plural}"
