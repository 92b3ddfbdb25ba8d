"""Lines of source text in a frame: their numbers at the left, marks below their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.text import Text

from quickfix_ls.commands.changed_words import ChangedLine, Marked
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Span

_TAB = "    "
_CUT = "…"
_LIT = {"-": "bold reverse red", "+": "bold reverse green"}
_PLAIN = {"-": "red", "+": "green", " ": "dim"}
_GUTTER = "bold blue"


def printable(text: str) -> str:
    """Return the text with control characters escaped, which a terminal would execute; a tab becomes spaces."""
    return "".join(map(_shown, text))


def error_frame(snapshot: Snapshot, span: Span, width: int, digits: int, number: int = 0) -> Iterator[Text]:
    """Yield the line of an error with a caret below each of its columns; at most `width` cells of it are shown.
    `digits` is the width of the line numbers, and `number` that of the line if it is not counted in the snapshot."""
    line = snapshot.line_at(span.start)
    text, start = snapshot.line_text(line), span.start - snapshot.line_starts[line]
    start = min(start, len(text))
    end = max(start + 1, min(span.end - snapshot.line_starts[line], len(text)))
    shown, first = (
        ChangedLine(" ", number or line + 1, text, (Marked(start, end, "^"),)),
        _first_column(text, width, start, end),
    )
    yield _gutter("", digits)
    yield from _line(shown, first, width, digits, "bold red", "")
    yield _gutter("", digits)


def change_frame(lines: Sequence[ChangedLine], width: int, digits: int) -> Iterator[Text]:
    """Yield the lines of a change, each with marks below the columns that differ; as `error_frame`."""
    # Of lines that are too long, all show the same part.
    first = next(
        (_first_column(line.text, width, mark.start, mark.end) for line in lines for mark in line.marked[:1]), 0
    )
    for line in lines:
        style = _PLAIN[line.sign]
        yield from _line(line, first, width, digits, style, _LIT.get(line.sign, style))


def _line(line: ChangedLine, first: int, width: int, digits: int, style: str, lit: str) -> Iterator[Text]:
    """Yield a line, its marked columns in the style `lit`, and the line with the marks if there are any. Of a line that
    is too long, the part from the column `first` on is shown."""
    view = _View(line.text, width, first)
    shown = Text(view.text, style if line.sign != " " else "")
    for mark in line.marked:
        if lit:
            shown.stylize(lit, *view.characters(mark))
    whole = Text.assemble(_gutter(str(line.number), digits, line.sign, style), shown)
    whole.rstrip()
    yield whole
    marks = view.marks(line.marked)
    if marks.strip():
        yield Text.assemble(_gutter("", digits), " ", (marks, style))


def _gutter(number: str, digits: int, sign: str = "", style: str = "") -> Text:
    """Return what stands left of a line: its number, and a bar or the sign of a change."""
    bar = sign if sign.strip() else "|"
    ends = f" {bar} " if sign else f" {bar}"
    return Text.assemble((f"{number:>{digits}}", _GUTTER), (ends, style if sign.strip() else _GUTTER))


class _View:
    """The part of a line that is shown: all of it, or from the column `first` on what has room."""

    def __init__(self, line: str, width: int, first: int) -> None:
        pieces = [_shown(character) for character in line]
        cells = _cells(pieces)
        self._first, self._last = 0, len(pieces)
        if cells[-1] > width:
            self._first = min(first, self._last)
            room = max(width - len(_CUT) * 2, 1)
            while self._last > self._first + 1 and cells[self._last] - cells[self._first] > room:
                self._last -= 1
        head = _CUT if self._first else ""
        tail = _CUT if self._last < len(pieces) else ""
        shown = pieces[self._first : self._last]
        self.text = head + "".join(shown) + tail
        self._cells = [cell - cells[self._first] + len(head) for cell in cells[self._first : self._last + 1]]
        self._offsets = list(accumulate(map(len, shown), initial=len(head)))

    def characters(self, mark: Marked) -> tuple[int, int]:
        """Return the range of the shown text that marked columns have."""
        return self._offsets[self._at(mark.start)], self._offsets[self._at(mark.end)]

    def marks(self, marked: Sequence[Marked]) -> str:
        """Return the marks below the shown text."""
        row = ""
        for mark in marked:
            if self._first <= mark.end and mark.start <= self._last:
                start, end = self._cells[self._at(mark.start)], self._cells[self._at(mark.end)]
                row = row.ljust(start) + mark.mark * max(end - start, 1)
        return row

    def _at(self, column: int) -> int:
        return min(max(column, self._first), self._last) - self._first


def _first_column(line: str, width: int, start: int, end: int) -> int:
    """Return the first column to show of a line, so that its marked columns are seen with what is around them."""
    cells = _cells([_shown(character) for character in line])
    if cells[-1] <= width:
        return 0
    room, last = max(width - len(_CUT) * 2, 1), len(cells) - 1
    start, end = min(start, last), min(end, last)
    # A third of what the marks leave stays for what is left of them.
    wanted = cells[start] - max(room - (cells[end] - cells[start]), 0) // 3
    return next(column for column, cell in enumerate(cells) if cell >= min(max(wanted, 0), cells[-1] - room))


def _cells(pieces: Sequence[str]) -> list[int]:
    """Return the cell at which each piece of a line begins, and its end."""
    return list(accumulate(map(cell_len, pieces), initial=0))


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    return character if character.isprintable() else ascii(character)[1:-1]
