"""The fixes of errors that programs raised: in the files of the user's own that their tracebacks name."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from quickfix_ls.commands.choices import Choices
from quickfix_ls.commands.disk import FileOnDisk, read_source
from quickfix_ls.commands.file_parts import FilePart, parts_of_file
from quickfix_ls.commands.preview import Color, Preview, console_for
from quickfix_ls.commands.problem_offers import ProblemOffers
from quickfix_ls.commands.run import pipeline_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import UsageError
from quickfix_ls.pipeline import Budget
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.run_facts import reports_of
from quickfix_ls.runs.own_frames import own_frames
from quickfix_ls.runs.record import Frame, RunError
from quickfix_ls.runs.traceback_text import errors_in
from quickfix_ls.silence import Silence
from quickfix_ls.values import Problem

_SECONDS = 1.0
_TRIED = 3
SOURCE = "python"
"""The source of diagnostics that come from a run."""


@dataclass(frozen=True)
class ErrorFix:
    """The fixes of an error: the file, and its problem with the offers."""

    error: RunError
    source: FileOnDisk
    found: ProblemOffers


def fix_traceback(path: str, *, top: int = 1, color: Color = "auto", choices: Choices | None = None) -> int:
    """Print the fixes of the errors whose tracebacks stand in a file, or in standard input for `-`.

    Returns the exit code: 0 if every error has a fix, 1 if one has none. Raises UsageError for a file that can't be
    read, or in which there is no traceback.
    """
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{path}: can't be read: {error.strerror}") from error
    errors = errors_in(text)
    if not errors:
        raise UsageError(f"{path}: there is no traceback in it")
    return 0 if show_fixes(errors, choices or Choices(), top=top, color=color) else 1


def show_fixes(
    errors: Sequence[RunError], choices: Choices, *, top: int = 1, color: Color = "auto", preview: Preview | None = None
) -> bool:
    """Print the fixes of errors; return whether each has one. Of errors without a file of the user's, this is said."""
    preview = preview or Preview(console_for(color))
    found = asyncio.run(fixes_of(errors, choices, top))
    for error, fix in zip(errors, found, strict=True):
        if fix is None:
            preview.console.print(
                f"{error.said}: it names no file of yours whose line is still the same.\n", markup=False
            )
        else:
            preview.show_one(fix.source, Snapshot.of(fix.source.text), fix.found)
    return all(fix is not None and fix.found.offers for fix in found)


async def fixes_of(errors: Sequence[RunError], choices: Choices, top: int = 1) -> list[ErrorFix | None]:
    """Return the fixes of each error; None for an error in no file of the user's. Cancellable at every await."""
    return [await _fix_of(error, choices, top) for error in errors]


async def _fix_of(error: RunError, choices: Choices, top: int) -> ErrorFix | None:
    """Look at the innermost places of the user's own, until one of them has an offer."""
    first: ErrorFix | None = None
    for frame in _current_frames(error)[:_TRIED]:
        found = await _fix_at(error, frame, choices, top)
        if found is not None and found.found.offers:
            return found
        first = first or found
    return first


def _current_frames(error: RunError) -> list[Frame]:
    """Return the places of an error in the user's own files whose line is still the same, the innermost first."""
    return [frame for frame in own_frames(error) if _is_current(frame)]


def _is_current(frame: Frame) -> bool:
    try:
        lines = read_source(frame.path).text.splitlines()
    except UsageError:
        return False
    return frame.line <= len(lines) and (not frame.text or lines[frame.line - 1].strip() == frame.text.strip())


async def _fix_at(error: RunError, frame: Frame, choices: Choices, top: int) -> ErrorFix | None:
    source = read_source(frame.path)
    roots = tuple(dict.fromkeys((os.path.dirname(os.path.abspath(frame.path)), os.getcwd())))
    part = parts_of_file(source.text, frame.path, choices, roots)[0]
    problem = problem_at(error, frame, part)
    if problem is None:
        return None
    pipeline = pipeline_for(part, choices)
    offers = await pipeline.final_offers(part.index, problem, Budget(_SECONDS, top))
    reason = None if offers else await Silence().reason(pipeline, part.index, problem)
    shown = part.shown_offers(ProblemOffers(problem, offers, reason))
    return ErrorFix(error, source, shown) if shown is not None else None


def problem_at(error: RunError, frame: Frame, part: FilePart) -> Problem | None:
    """Return the problem that an error is about at one of its places; None if nothing can be said of it."""
    span = part.span_of_line(frame.line)
    if span is None:
        return None
    found = (problem_of(part.index, report) for report in reports_of(error, frame, span, SOURCE))
    return next((problem for problem in found if problem is not None), None)
