"""Jupyter notebooks: compose the code cells into one Python text, with IPython's own syntax masked.

Each cell ends with a line end. Magics, shell commands and help requests are replaced by Python code that binds the same
names and has the same number of lines, so that the line numbers within a cell stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quickfix_ls.documents.composed_view import Piece
from quickfix_ls.documents.formats.magics import (
    CODE_CELLS,
    CODE_LINES,
    FOREIGN_HEADS,
    Bound,
    bound_by_cell,
    bound_by_line,
)
from quickfix_ls.documents.formats.python_code import SCAN, end_of_triple
from quickfix_ls.values import Span

ANYTHING = "globals().update(_)"
"""Code that binds any name, as far as the analysis knows."""

OTHER_CELLS = Piece(f"{ANYTHING}\n")
"""The placeholder for the other cells of a notebook if they are not known."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_IGNORED = re.compile(r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")
_REST = r"(?:[^\r\n\\]|\\(?:\r\n|[\s\S])|\\\Z)*"  # of a line, with the lines that it goes on in
_CELL_MAGIC = re.compile(r"[ \t]*%%(?P<name>!|[^\W\d][\w.-]*)(?P<arguments>[^\r\n]*)")
_FOREIGN_HEAD = re.compile(r"[ \t]*%(?P<name>[^\W\d][\w-]*)[ \t]*(?:\r\n|\r|\n)")
_HELP = re.compile(r"(?P<indent>[ \t]*)(?P<masked>%{0,2}[^\W\d]?[\w.*\[\]]*\?{1,2})[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")
_MAGIC = re.compile(
    rf"(?P<indent>[ \t]*)(?P<masked>%{{1,2}}[ \t]*(?P<name>[^\W\d][\w.]*)?(?P<arguments>{_REST})|[!?]{_REST})"
)
_ASSIGNED = re.compile(
    rf"(?P<left>[ \t]*[^\W\d](?:[^=\#\n\r!%()\[\]\"']|\[[^\]\r\n]*\])*(?<![-+*/%&|^<>:@!])=[ \t]*)"
    rf"(?P<masked>(?:!(?!=)|%(?=[^\W\d])){_REST})"
)
_OPTIONS = re.compile(r"[ \t]*(?:-(?:[lsTD][ \t]*[^\s]+|[^\W\d](?:[ \t]*\d+)?)(?:[ \t]+|(?=[\r\n]|\Z)))*")
_IN_BRACKETS = re.compile(
    r"%%?(?:time|timeit|matplotlib|load_ext|autoreload|run|pip|conda|config|cd|env|who|whos|reset|prun|store)\b"
    r"|!(?![=\s])|(?:async[ \t]+)?(?:def|class)[ \t]+\w+[ \t]*[(:]|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b"
)
"""Text that begins a statement even if a bracket before it is not closed."""

_GOES_ON = re.compile(r"[ \t]|(?:import|from)[ \t]")


def pieces_of(uri: str, text: str) -> tuple[Piece, ...]:
    """Return the pieces of a view for one code cell, masked and ended by a line end; an empty piece for an empty cell.

    Never raises.
    """
    pieces = [*_pieces(uri, text, [*_masks(text)])]
    if text and not text.endswith("\n"):
        pieces.append(Piece("\n", uri, Span(len(text), len(text)), first=pieces[-1].last, last=pieces[-1].last))
    return tuple(pieces)


def goes_on(lines: str) -> bool:
    """Return whether lines inserted between two cells always belong to the first cell: imports, which are inserted
    behind other imports, and indented lines."""
    return _GOES_ON.match(lines) is not None


@dataclass(frozen=True, slots=True)
class _Mask:
    """Show `text` in place of [start, end), which must stay `first` or `last` of its cell."""

    start: int
    end: int
    text: str
    first: bool = False
    last: bool = False


def _pieces(uri: str, text: str, masks: list[_Mask]) -> Iterator[Piece]:
    position, before = 0, ""
    for mask in masks:
        if mask.start > position:
            yield Piece(text[position : mask.start], uri, Span(position, mask.start), exact=True)
            before = text[mask.start - 1]
        # Before the mask is a carriage return, which would join a line feed that now follows it to a single line end.
        follows = (mask.text or text[mask.end :] or "\n")[:1]
        shown = f" {mask.text}" if before == "\r" and follows in "\n%!? \t" else mask.text
        yield Piece(shown, uri, Span(mask.start, mask.end), first=mask.first, last=mask.last)
        position, before = mask.end, shown[-1:] or before
    if position < len(text) or not masks:
        yield Piece(text[position:], uri, Span(position, len(text)), exact=True)


def _masks(text: str) -> Iterator[_Mask]:
    """Yield the masks of a cell, in the order of its text."""
    first = _IGNORED.match(text)
    begin = first.end() if first else 0
    head = _FOREIGN_HEAD.match(text, begin)
    if head is not None and head["name"] in FOREIGN_HEADS:
        yield _foreign(text, begin, frozenset())
        return
    magic = _CELL_MAGIC.match(text, begin)
    if magic is None or magic["arguments"].rstrip().endswith("?"):
        yield from _masked_lines(text, begin)
        return
    name, bound = magic["name"], bound_by_cell(magic["name"], magic["arguments"])
    if name not in CODE_CELLS:
        yield _foreign(text, begin, bound)
        return
    code = _code_of(text, name, magic.start("arguments"))
    if code is not None and code < magic.end():
        yield _Mask(begin, code, "", first=True)
        yield from _masked_lines(text, code)
    else:
        yield _Mask(begin, magic.end(), _statement(bound, ""), first=True)
        yield from _masked_lines(text, magic.end())


def _masked_lines(text: str, position: int) -> Iterator[_Mask]:
    """Yield the masks of the statements from `position`, where a statement begins, to the end of the cell."""
    margin = _margin(text, position)
    depth, begins = 0, True
    while True:
        if begins:
            begins = False
            if margin and text.startswith(margin, position):
                yield _Mask(position, position + len(margin), "")
                position += len(margin)
            if depth and _IN_BRACKETS.match(text, position):
                depth = 0
            if not depth:
                for mask in _masks_of_line(text, position):
                    yield mask
                    position = mask.end
        match = SCAN.search(text, position)
        if match is None:
            return
        kind, position = match.lastgroup, match.end()
        if kind == "newline":
            begins = True
        elif kind == "triple":
            position = end_of_triple(text, position, match.group(), len(text)) or position
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)


def _masks_of_line(text: str, position: int) -> Iterator[_Mask]:
    """Yield the masks of the statement at `position`, in order; the rest of the statement is Python."""
    if assigned := _ASSIGNED.match(text, position):
        yield _Mask(assigned.start("masked"), assigned.end("masked"), "_" + _line_ends(assigned["masked"]))
        return
    found = _HELP.match(text, position) or _MAGIC.match(text, position)
    if found is None:
        return
    start, end = found.span("masked")
    names = found.groupdict()
    name = names.get("name") or ""
    if name in CODE_LINES:
        code = _code_of(text, name, found.start("arguments"))
        if code is not None and code < end:
            yield _Mask(start, code, "")
            return
    bound = bound_by_line(name, names["arguments"] or "") if name else frozenset[str]()
    # A statement without indentation is never the only one of a block, so its mask may be empty.
    yield _Mask(start, end, _statement(bound, "pass" if found["indent"] else "") + _line_ends(found["masked"]))


def _code_of(text: str, name: str, position: int) -> int | None:
    """Return the offset of the code on a magic's own line, behind its options; None if the magic takes no code."""
    options = _OPTIONS.match(text, position)
    return options.end() if options is not None and name in CODE_LINES else None


def _foreign(text: str, start: int, bound: Bound) -> _Mask:
    """Return the mask of a cell that is not Python."""
    return _Mask(start, len(text), _statement(bound, "") + _line_ends(text[start:]), first=True, last=True)


def _statement(bound: Bound, nothing: str) -> str:
    """Return code that binds the names to an unknown value, or `nothing` if there are no names."""
    if bound == "anything":
        return ANYTHING
    return " = ".join([*sorted(bound), "_"]) if bound else nothing


def _line_ends(text: str) -> str:
    return "\n" * len(_LINE_END.findall(text))


def _margin(text: str, position: int) -> str:
    """Return the indentation of the first statement, which IPython removes from all lines."""
    return text[position : len(text) - len(text[position:].lstrip(" \t"))]
