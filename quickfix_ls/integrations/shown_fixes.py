"""The fixes of errors as text, and written to files, for other programs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from rich.console import Console

from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import write_source
from quickfix_ls.commands.preview import Preview
from quickfix_ls.commands.tracebacks import fixes_of, show_fixes
from quickfix_ls.runs.record import RunError
from quickfix_ls.values import apply_edits

_WIDTH = 120


def fixes_as_text(errors: Sequence[RunError]) -> str:
    """Return what `quickfix-ls fix --traceback` prints about errors, without colours."""
    console = Console(highlight=False, soft_wrap=True, color_system=None, width=_WIDTH)
    with console.capture() as printed:
        show_fixes(errors, Choices(), preview=Preview(console))
    return printed.get()


def written(errors: Sequence[RunError]) -> Iterator[str]:
    """Write the fixes that are safe to apply blind; yield a line about each file. A file is written once at most, since
    the fixes of further errors are for the text before."""
    done: set[str] = set()
    for fix in asyncio.run(fixes_of(errors, Choices())):
        offer = fix.found.offers[0] if fix is not None and fix.found.offers else None
        if fix is None or offer is None or not offer.preferred or fix.source.path in done:
            continue
        done.add(fix.source.path)
        write_source(fix.source, apply_edits(fix.source.text, offer.candidate.edits))
        yield f"{fix.source.path}: {offer.candidate.title}"
