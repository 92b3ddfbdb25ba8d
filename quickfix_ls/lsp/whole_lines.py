"""Edits of whole lines, for clients that may count columns in other units than we do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Span


def widened_behind_non_ascii(snapshot: Snapshot, edits: Sequence[Edit]) -> list[Edit]:
    """Return edits to the same effect, of which none begins or ends behind a non-ASCII character of its line.

    `edits` are in order and don't overlap. Those on common lines are replaced together, by one edit from the start of
    the first line to the start of the next one, where a column would depend on the unit that is counted in.
    """
    return [edit for group in _groups(snapshot, edits) for edit in _widened(snapshot, group)]


def _groups(snapshot: Snapshot, edits: Sequence[Edit]) -> list[list[Edit]]:
    """Return the edits in runs, of which no two share a line."""
    groups = [[edit] for edit in edits[:1]]
    for before, edit in pairwise(edits):
        if snapshot.line_at(edit.span.start) == snapshot.line_at(before.span.end):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _widened(snapshot: Snapshot, group: list[Edit]) -> list[Edit]:
    text, ends = snapshot.text, [offset for edit in group for offset in (edit.span.start, edit.span.end)]
    if all(text[snapshot.line_starts[snapshot.line_at(offset)] : offset].isascii() for offset in ends):
        return group
    first, last = snapshot.line_at(ends[0]), snapshot.line_at(ends[-1])
    start = snapshot.line_starts[first]
    end = snapshot.line_starts[last + 1] if last + 1 < snapshot.line_count else len(text)
    pieces, done = [], start
    for edit in group:
        pieces += [text[done : edit.span.start], edit.text]
        done = edit.span.end
    return [Edit(Span(start, end), "".join([*pieces, text[done:end]]))]
