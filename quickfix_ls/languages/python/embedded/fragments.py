"""All texts of other languages in a Python file."""

from __future__ import annotations

from quickfix_ls.documents.embedded_view import Fragment
from quickfix_ls.languages.python.embedded.cells import cells_in
from quickfix_ls.languages.python.embedded.queries import queries_in


def fragments(text: str) -> tuple[Fragment, ...]:
    """Return the texts of other languages in a file, in the order of its text."""
    cells = cells_in(text)
    queries = queries_in(text)
    if not cells:
        return queries
    inside = [(cell.segments[0].span.start, cell.segments[-1].span.end) for cell in cells]
    outside = [
        query for query in queries
        if not any(start <= query.segments[0].span.start < end for start, end in inside)
    ]  # fmt: skip
    return tuple(sorted((*cells, *outside), key=lambda fragment: fragment.segments[0].span))
