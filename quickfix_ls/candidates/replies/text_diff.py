"""Compute the edits between two source texts, token by token, so that previews and undo show only real changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel, Levenshtein

from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.values import Edit, Span

_MAX_PIECES = 3000


def edits_between(before: str, after: str, lexis: Lexis, start: int = 0) -> tuple[Edit, ...]:
    """Return the edits that turn `before`, at the document offset `start`, into `after`; none if the two are equal.

    Lines are aligned first, then the tokens of the differing lines, by the lexical rules of the language.
    """
    return tuple(
        Edit(Span(start + first, start + last), new)
        for (low, high), (new_low, new_high) in _differing(_lines(before), _lines(after))
        for first, last, new in _joined(_token_edits(lexis, before[low:high], after[new_low:new_high], low), before)
    )


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the runs of lines that differ, as offsets [start, end) into both texts; one of the two spans is empty for
    inserted or deleted lines."""
    old, new = _offsets(before), _offsets(after)
    run: tuple[int, int, int, int] | None = None
    for block in Indel.opcodes(before, after):
        if block.tag == "equal":
            if run is not None:
                yield (old[run[0]], old[run[1]]), (new[run[2]], new[run[3]])
            run = None
        else:
            first, new_first = (run[0], run[2]) if run is not None else (block.src_start, block.dest_start)
            run = first, block.src_end, new_first, block.dest_end
    if run is not None:
        yield (old[run[0]], old[run[1]]), (new[run[2]], new[run[3]])


def _offsets(pieces: Sequence[str]) -> list[int]:
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets


def _token_edits(lexis: Lexis, before: str, after: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, new text) for each difference between two runs of lines; `at` is the offset of the first."""
    old, new = _pieces(lexis, before), _pieces(lexis, after)
    if len(old) + len(new) > _MAX_PIECES:
        yield at, at + len(before), after
        return
    starts, new_starts = _offsets(old), _offsets(new)
    for block in Levenshtein.opcodes(old, new):
        if block.tag != "equal":
            text = after[new_starts[block.dest_start] : new_starts[block.dest_end]]
            yield at + starts[block.src_start], at + starts[block.src_end], text


def _joined(edits: Iterator[tuple[int, int, str]], before: str) -> Iterator[tuple[int, int, str]]:
    """Merge edits that have nothing but white space between them."""
    held: tuple[int, int, str] | None = None
    for first, last, new in edits:
        if held is not None and not before[held[1] : first].strip(" \t"):
            held = held[0], last, held[2] + before[held[1] : first] + new
            continue
        if held is not None:
            yield held
        held = first, last, new
    if held is not None:
        yield held


def _pieces(lexis: Lexis, text: str) -> list[str]:
    """Split a text into its tokens and the white space between them; joined, the pieces are the text."""
    pieces, position = [], 0
    for token in lexis.lex(text):
        if token.start > position:
            pieces.append(text[position : token.start])
        pieces.append(token.text)
        position = token.end
    return [*pieces, text[position:]] if position < len(text) else pieces
