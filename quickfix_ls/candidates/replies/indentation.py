"""Adapt the indentation of an answer's lines to the file: models often drop it, or use a style of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quickfix_ls.candidates.replies.answer import Hunk, ReplyRegion
from quickfix_ls.lexing.tokens import indent_of

_TAB = 4


def indented(hunks: Sequence[Hunk], place: ReplyRegion) -> Iterator[tuple[str, tuple[Hunk, ...]]]:
    """Yield the hunks with other indentations, each with a note, the smallest change first; nothing if none differs.

    All hunks are changed in the same way, since they were written in the same style.
    """
    unit = _unit(place.lines)
    ways = {
        "indented in the file's way": [_restyled(hunk, unit) for hunk in hunks],
        "indented to where its first line stood": [_shifted(hunk, place, unit) for hunk in hunks],
        "each known line indented as it was": [_restored(hunk, place) for hunk in hunks],
    }
    seen = [list(hunks)]
    for note, made in ways.items():
        if made not in seen:
            seen.append(made)
            yield note, tuple(made)


def _restyled(hunk: Hunk, unit: str) -> Hunk:
    """Replace tabs by spaces or spaces by tabs in the indentation, to match the file's."""
    return _with(hunk, [_in_unit(indent_of(line), unit) + line.lstrip(" \t\f") for line in hunk.lines])


def _shifted(hunk: Hunk, place: ReplyRegion, unit: str) -> Hunk:
    """Shift all lines by the difference between the indentation of the first one and that of the line it replaces."""
    restyled = _restyled(hunk, unit).lines
    old = next((line for line in place.lines[hunk.first : hunk.last] if line.strip()), None)
    if old is None:
        above = (line for line in reversed(place.lines[: hunk.first]) if line.strip())
        old = next(above, "")
        if old.rstrip().endswith(":"):
            old = indent_of(old) + unit + "_"
    new = next((line for line in restyled if line.strip()), "")
    wanted, given = indent_of(old), indent_of(new)
    shifted = []
    for line in restyled:
        if line.startswith(given):
            shifted.append(wanted + line[len(given) :] if line.strip() else line)
        else:
            lacking = len(given) - len(indent_of(line))
            shifted.append(wanted[: max(0, len(wanted) - lacking)] + line.lstrip(" \t\f"))
    return _with(hunk, shifted)


def _restored(hunk: Hunk, place: ReplyRegion) -> Hunk:
    """Give every unchanged line its old indentation; if the number of lines stays the same, give every changed line the
    indentation of the old line in its place."""
    old = place.lines[hunk.first : hunk.last]
    known = {line.strip(): indent_of(line) for line in old if line.strip()}
    paired = len(old) == len(hunk.lines)
    lines = []
    for index, line in enumerate(hunk.lines):
        usual = indent_of(old[index]) if paired and old[index].strip() else indent_of(line)
        lines.append(known.get(line.strip(), usual) + line.strip(" \t\f") if line.strip() else line)
    return _with(hunk, lines)


def _unit(lines: Sequence[str]) -> str:
    """Return one level of indentation as used in these lines: a tab, or some spaces; four if no line is indented."""
    indents = [indent for line in lines if line.strip() and (indent := indent_of(line))]
    if any("\t" in indent for indent in indents):
        return "\t"
    widths = [len(indent) for indent in indents]
    return " " * min(widths, default=_TAB)


def _in_unit(indent: str, unit: str) -> str:
    if unit == "\t" and " " in indent:
        columns = len(indent.expandtabs(_TAB))
        return "\t" * (columns // _TAB) + " " * (columns % _TAB)
    if unit != "\t" and "\t" in indent:
        return indent.replace("\t", unit)
    return indent


def _with(hunk: Hunk, lines: Sequence[str]) -> Hunk:
    return Hunk(hunk.first, hunk.last, tuple(lines))
