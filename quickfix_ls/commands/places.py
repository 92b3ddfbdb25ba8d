"""Where something is in a file, as a person counts: its line and column, in a notebook those of a cell."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, NamedTuple

from quickfix_ls.commands.disk import FileOnDisk
from quickfix_ls.documents.formats.notebook_text import MARK, sources_in
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Span

_MARK_LINES = MARK.count("\n")


class Place(NamedTuple):
    """A 1-based line and column. In a notebook they are those of a code cell with a `label` and a 1-based `number`;
    else the label is empty and the number 0."""

    line: int
    column: int
    label: str = ""
    number: int = 0

    def __str__(self) -> str:
        cell = f"{self.label}:" if self.label else ""
        return f"{cell}{self.line}:{self.column}"


def place_of(source: FileOnDisk, snapshot: Snapshot, offset: int) -> Place:
    """Return the place of an offset in a file's text, which may have been fixed since."""
    line = snapshot.line_at(offset)
    column = offset - snapshot.line_starts[line] + 1
    if source.notebook is None:
        return Place(line + 1, column)
    label, number, first = cell_at_line(source, snapshot, line)
    return Place(line - first + 1, column, label, number)


def cell_at_line(source: FileOnDisk, snapshot: Snapshot, line: int) -> tuple[str, int, int]:
    """Return the label and number of the cell at a 0-based line of a notebook's text, and the line that it begins at;
    what they are for other files, where all lines are of one."""
    if source.notebook is None or not source.notebook.cells:
        return "", 0, 0
    start = snapshot.line_starts[min(line, snapshot.line_count - 1)]
    # The line of a mark itself belongs to the cell before it.
    index = snapshot.text.count(MARK, 0, start)
    first = snapshot.text.rfind(MARK, 0, start)
    begin = snapshot.line_at(first + len(MARK)) if first >= 0 else 0
    return source.notebook.cells[index].label, index + 1, begin


def range_in(source: FileOnDisk, snapshot: Snapshot, span: Span) -> dict[str, Any]:
    """Return the 1-based lines and columns of a span, in a notebook with its cell; the end is exclusive."""
    start, end = place_of(source, snapshot, span.start), place_of(source, snapshot, span.end)
    cell = {"cell": start.number} if start.number else {}
    return {**cell, "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}


def range_in_file(source: FileOnDisk, snapshot: Snapshot, span: Span) -> dict[str, int]:
    """Return the 1-based lines and columns of a span in the file as it is stored: of a notebook, in its JSON."""
    notebook = source.notebook
    if notebook is None or not notebook.cells:
        return range_in(source, snapshot, span)
    stored, places = Snapshot.of(notebook.text), []
    for offset in (span.start, span.end):
        number = place_of(source, snapshot, span.start).number
        start = sum(len(text) + len(MARK) for text in sources_in(snapshot.text)[: number - 1])
        at = notebook.place_of(notebook.cells[number - 1], offset - start)
        line = stored.line_at(at)
        places += [line + 1, at - stored.line_starts[line] + 1]
    return dict(zip(("line", "column", "end_line", "end_column"), places, strict=True))


def cell_diff(source: FileOnDisk, text: str) -> Iterator[str]:
    """Yield the lines of a diff of a notebook's cells, each changed cell under its name, up to a fixed `text`."""
    cells = source.notebook.cells if source.notebook is not None else ()
    for cell, after in zip(cells, sources_in(text), strict=False):
        name = f"{source.name}:{cell.label}"
        lines = difflib.unified_diff(_lines(cell.source), _lines(after), name, name, lineterm="")
        yield from lines


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n") if text else []
