"""The progress bar of one file with many problems."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from quickfix_ls.fix_all import Progress

_SOON_SECONDS = 0.7
"""Time after which the bar is shown; most files are done before."""


@contextmanager
def problem_progress(paths: Sequence[str]) -> Iterator[Progress]:
    """Yield a function that is told how many of how many problems of a file are done, and shows a progress bar on
    standard error while the body runs, if that is a terminal and takes long.

    There is no bar unless the command is for one file, since of several the files are counted.
    """
    if not sys.stderr.isatty() or len(paths) != 1 or os.path.isdir(paths[0]):
        yield lambda done, total: None
        return
    # Imported here: importing rich takes longer than fixing a small file.
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True, highlight=False)
    bar = Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty())
    task, since = bar.add_task("fixing"), time.monotonic()

    def show(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)
        if time.monotonic() - since >= _SOON_SECONDS and not bar.live.is_started:
            bar.start()

    try:
        yield show
    finally:
        bar.stop()
