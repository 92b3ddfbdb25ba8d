"""The problems that are left in a part of a file, in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quickfix_ls.commands.file_parts import FilePart
from quickfix_ls.commands.selection import LeftProblem
from quickfix_ls.fix_all import moved
from quickfix_ls.languages.embedding import shown_offer
from quickfix_ls.values import Edit, Span


def left_in_file(part: FilePart, left: LeftProblem) -> LeftProblem | None:
    """Return a problem that is left in a part as one of the file; None if it is about nothing written there."""
    problem = next(part.shown([left.problem]), None)
    if problem is None or part.view is None:
        return left if part.view is None else None
    offer = shown_offer(part.view, left.offer) if left.offer is not None else None
    return left._replace(problem=problem, offer=offer, line=_line_in_file(part, left.line))


def behind(left: LeftProblem, edits: Iterable[Edit]) -> LeftProblem:
    """Return a problem that is left in a file after edits elsewhere in it."""
    span: Span | None = left.problem.span
    for edit in sorted(edits, reverse=True):
        span = span and moved(span, edit)
    return left._replace(problem=replace(left.problem, span=span)) if span is not None else left


def _line_in_file(part: FilePart, line: int) -> int:
    """Return the line of the file, from 1, that shows a line of the part, from 1; 0 if there is none."""
    if not line or part.view is None:
        return line
    place = part.view.to_document(part.index.snapshot.line_span(line - 1))
    return part.text.line_at(place[1].start) + 1 if place is not None else 0
