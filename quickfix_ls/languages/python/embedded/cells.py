"""Cells of SQL in Python scripts: `# MAGIC %sql` of Databricks, `# %% [sql]` and `%%sql` of percent scripts.

Lines of a cell that are comments for Python show what is behind the `#`. A cell with a bare magic is no Python: there
it is masked by as many blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from quickfix_ls.documents.embedded_view import Fragment, Segment, Writer
from quickfix_ls.languages.python.embedded.flavors import flavor_of
from quickfix_ls.values import Span

_WORDS = ("%sql", '"sql"', "[sql]", "%%bigquery", "%%sparksql")
"""Strings of which one is in every file with such a cell."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MARK = re.compile(r"#\s*%%|#\s*In\[[ \d]*\]|#\s*COMMAND\s*-{3,}|#\s*<codecell>")
_SQL_MARK = re.compile(r"#\s*%%[^\r\n]*(?:\[sql\]|language\s*=\s*\"sql\")", re.IGNORECASE)
_HEAD = re.compile(
    r"(?P<prefix>(?:#\s*MAGIC[ ]?|#[ ]?)?)(?P<magic>%%?(?P<name>sql|bigquery|sparksql))\b(?P<rest>[^\r\n]*)"
)
_PREFIX = re.compile(r"#\s*MAGIC[ ]?|#[ ]?")
_OPTIONS = re.compile(r"\s*(?:-{1,2}\w[\w-]*(?:[ =]\S+)?\s+|\w+\s*<<\s*)*")
_CONNECTION = re.compile(r"\s*(?:\w+\+?\w*://\S*|\w+)?\s*\Z")
_FLAVORS = {"bigquery": "bigquery", "sparksql": "spark"}


class _Cell:
    """A cell of SQL: its `lines`, spans without what precedes the SQL in them, and the `prefix` of its lines."""

    def __init__(self, start: int, prefix: str, flavor: str) -> None:
        self.start, self.end, self.prefix, self.flavor = start, start, prefix, flavor
        self.lines: list[Span] = []


def cells_in(text: str) -> tuple[Fragment, ...]:
    """Return the cells of SQL in a file, in the order of its text."""
    if not any(word in text for word in _WORDS):
        return ()
    cells = ((cell, tuple(_segments(text, cell))) for cell in _cells(text))
    return tuple(
        Fragment("sql", segments, cell.flavor)
        for cell, segments in cells
        if any(segment.text.strip() for segment in segments)
    )


def masked(text: str) -> tuple[Segment, ...] | None:
    """Return the segments of the Python of a file whose cells of SQL are not commented out; None if there are none."""
    if "%sql" not in text and "%%bigquery" not in text and "%%sparksql" not in text:
        return None
    bare = [cell for cell in _cells(text) if not cell.prefix]
    if not bare:
        return None
    segments: list[Segment] = []
    position = 0
    for cell in bare:
        if cell.start > position:
            segments.append(Segment(text[position : cell.start], Span(position, cell.start)))
        lines = re.findall(r"\r\n|\r|\n", text[cell.start : cell.end])
        segments.append(Segment("".join(lines), Span(cell.start, cell.end), "fixed"))
        position = cell.end
    if position < len(text):
        segments.append(Segment(text[position:], Span(position, len(text))))
    return tuple(segments)


@lru_cache(maxsize=8)
def _cells(text: str) -> tuple[_Cell, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Cell]:
    """Yield the cells of SQL. A line `%sql SELECT ...` is one by itself; a magic that is alone on its line begins one
    that ends at the next mark of a cell, or where the comments end."""
    cell: _Cell | None = None
    position = 0
    is_first, is_magic = True, False
    default = flavor_of(text, "spark" if "# MAGIC" in text else "")
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None
        start, position = line.span()
        content = line.group()
        if _MARK.match(content):
            if cell is not None:
                yield cell
            cell = _Cell(position, "# ", default) if _SQL_MARK.match(content) else None
            is_first = cell is None
            continue
        if cell is not None:
            prefix = _PREFIX.match(content)
            if not cell.prefix or prefix is not None or not content.strip():
                offset = prefix.end() if prefix is not None and cell.prefix else 0
                if cell.prefix and prefix is not None and cell.prefix == "# ":
                    cell.prefix = prefix.group() if prefix.group().startswith("# ") else cell.prefix
                cell.lines.append(Span(start + offset, position))
                cell.end = position
                continue
            yield cell
            cell = None
        may_begin = is_first or "%sql " in content or (content.startswith("# MAGIC") and not is_magic)
        head = _HEAD.match(content) if may_begin else None
        is_magic = content.startswith("# MAGIC")
        if head is not None:
            cell = _begun(head, start, position, default)
            if not _is_block(head):
                yield cell
                cell = None
        is_first = is_first and not content.strip()
    if cell is not None:
        yield cell


def _is_block(head: re.Match[str]) -> bool:
    """Return whether a magic takes the rest of its cell: `%%sql`, or `%sql` alone on its line."""
    return head["magic"].startswith("%%") or not head["rest"].strip()


def _begun(head: re.Match[str], start: int, end: int, default: str) -> _Cell:
    cell = _Cell(start, head["prefix"], _FLAVORS.get(head["name"], default))
    cell.end = end
    begin = head.start("rest")
    options = _OPTIONS.match(head["rest"])
    begin += options.end() if options is not None else 0
    if not _is_block(head) or not _CONNECTION.match(head["rest"], options.end() if options is not None else 0):
        cell.lines.append(Span(start + begin, end))
    return cell


def _segments(text: str, cell: _Cell) -> Iterator[Segment]:
    write = _writer(cell.prefix)
    for line in cell.lines:
        if line.end > line.start:
            yield Segment(text[line.start : line.end], line, "exact", write)


def _writer(prefix: str) -> Writer:
    def write(text: str, before: str, after: str) -> str | None:
        if not prefix:
            return text
        begins_line = before.endswith(("\n", "\r"))
        inner = text.rstrip("\r\n") if begins_line else text
        ended = text[len(inner) :]
        return (prefix if begins_line and text else "") + _LINE_END.sub(rf"\g<0>{prefix}", inner) + ended

    return write


_LINE_END = re.compile(r"\r\n|\r|\n")
