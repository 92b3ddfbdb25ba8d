"""Errors that a notebook keeps in its outputs, as problems of its cells.

An output doesn't say which text was run. It counts as long as the line that its traceback shows is still the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from quickfix_ls.commands.file_parts import FilePart
from quickfix_ls.documents.formats.notebook_file import CodeCell, NotebookFile
from quickfix_ls.documents.formats.notebook_text import MARK, joined
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import Finder
from quickfix_ls.index.index import Index
from quickfix_ls.problems import problem_of
from quickfix_ls.problems.run_facts import suggesting
from quickfix_ls.runs.record import Frame, RunError
from quickfix_ls.runs.traceback_text import errors_in
from quickfix_ls.values import Problem, Reported

SOURCE = "python"
_CELL = re.compile(r"In\[(\d+)\]$")
_OLDER = re.compile(
    r"^(?:(?:\S*/)?<?ipython-input-(?P<old>\d+)-\w+(?:>|\.py)|(?:Input|Cell) In \[(?P<new>\d+)\])(?: in |, ).*$",
    re.MULTILINE,
)
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


class _Placed(NamedTuple):
    """An error, and the 0-based lines of the notebook's view that it passed through, the innermost first."""

    error: RunError
    lines: tuple[int, ...]


class OutputErrors:
    """The errors in the outputs of a notebook, whose own text is `part`."""

    def __init__(self, part: FilePart, notebook: NotebookFile) -> None:
        self._before = part.index.snapshot
        self._errors = [
            _Placed(error, lines)
            for error, own in _errors(notebook)
            if (lines := tuple(_lines(part, notebook, error, own)))
        ]
        self._settled: set[tuple[str, str]] = set()

    def finder(self, find: Finder) -> Finder:
        """Return a finder that finds the errors too, but for those at a line where `find` finds a problem."""

        async def found(index: Index) -> list[Problem]:
            own = await find(index)
            lines = {index.snapshot.line_at(problem.span.start) for problem in own}
            more = [
                problem
                for problem in self._problems(index)
                if index.snapshot.line_at(problem.span.start) not in lines and _key(problem) not in self._settled
            ]
            return sorted([*own, *more], key=lambda problem: problem.span) if more else own

        return found

    def settle(self, problem: Problem) -> None:
        """Find a problem no more, since its fix is applied: perhaps elsewhere, so that its own line stays the same."""
        self._settled.add(_key(problem))

    def _problems(self, index: Index) -> Iterator[Problem]:
        if not self._errors:
            return
        moved = _moved_lines(self._before, index.snapshot)
        for error, lines in self._errors:
            if moved.get(lines[0]) is None:
                continue
            said = suggesting(error.said, error.facts.names)
            now = (moved.get(line) for line in lines)
            spans = (index.snapshot.line_span(line) for line in now if line is not None)
            places = (problem_of(index, Reported(said, span, SOURCE, error.type)) for span in spans)
            problem = next((place for place in places if place is not None), None)
            if problem is not None and not _follows(error, problem):
                yield replace(problem, message=problem.message.removeprefix(f"{error.type}: "))


def _errors(notebook: NotebookFile) -> Iterator[tuple[RunError, CodeCell]]:
    """Yield the errors in the outputs of Python cells, each with its cell."""
    for cell in notebook.cells:
        for output in cell.errors if cell.is_python else ():
            kind, message, rows = output.get("ename"), output.get("evalue"), output.get("traceback")
            if isinstance(kind, str) and isinstance(message, str) and isinstance(rows, list):
                text = _COLORS.sub("", "\n".join(row for row in rows if isinstance(row, str)))
                read = errors_in(_OLDER.sub(r"Cell In[\g<old>\g<new>], line 0", text))
                if read:
                    yield RunError(kind.rpartition(".")[2], message, read[-1].frames), cell


def _lines(part: FilePart, notebook: NotebookFile, error: RunError, own: CodeCell) -> Iterator[int]:
    """Yield the lines of the view of an error in the output of the cell `own`, the innermost first, up to one that has
    been changed since."""
    for frame in reversed(error.frames):
        number = _CELL.search(frame.path)
        cells = [cell for cell in (own, *notebook.cells) if number and cell.executed == int(number[1])]
        cell = next((cell for cell in cells if _is_same(cell, frame)), None)
        if cells and cell is None:
            # What failed has been changed since.
            return
        if cell is not None:
            before = joined(other.source for other in notebook.cells[: cell.number - 1]) + (
                MARK if cell.number > 1 else ""
            )
            span = part.span_of_line(Snapshot.of(before).line_count + frame.line - 1)
            if span is not None:
                yield part.index.snapshot.line_at(span.start)


def _is_same(cell: CodeCell, frame: Frame) -> bool:
    lines = Snapshot.of(cell.source)
    return 0 < frame.line <= lines.line_count and lines.line_text(frame.line - 1).strip() == frame.text.strip() != ""


def _moved_lines(before: Snapshot, after: Snapshot) -> dict[int, int]:
    """Return where the lines of a text that did not change are after an edit."""
    if before.text == after.text:
        return {line: line for line in range(before.line_count)}
    matcher = difflib.SequenceMatcher(None, _texts(before), _texts(after), autojunk=False)
    return {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}


def _texts(snapshot: Snapshot) -> list[str]:
    return [snapshot.line_text(line) for line in range(snapshot.line_count)]


def _follows(error: RunError, problem: Problem) -> bool:
    """Return whether an error only follows from another: a name that a cell defines was not there, since that cell had
    failed or was not run yet."""
    return error.type == "NameError" and problem.code == "UnboundLocalError"


def _key(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.message
