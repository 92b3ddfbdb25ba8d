"""The analysis of a notebook: cells that share names, and whose errors stay their own."""

from __future__ import annotations

import pytest

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import moved_seams
from quickfix_ls.problems import find_all
from quickfix_ls.values import Edit, Span
from tests.kit_python import python_index


def index(*cells: str) -> Index:
    seams = tuple(sum(map(len, cells[:place])) for place in range(1, len(cells)))
    return python_index(Snapshot.of("".join(cells)), notebook=True, seams=seams)


def found(*cells: str) -> list[tuple[str, str]]:
    """The problems with the text of each."""
    known = index(*cells)
    return [(one.message, known.snapshot.text[one.span.start : one.span.end]) for one in find_all(known)]


def test_names_are_shared_in_whatever_order() -> None:
    assert found("print(later)\n", "later = 1\nprint(never)\n") == [("name 'never' is not defined", "never")]


def test_within_a_cell_the_order_counts() -> None:
    assert found("x = 0\n", "print(later)\n\nlater = 1\n") == [("name 'later' is not defined yet", "later")]


@pytest.mark.parametrize("name", ["display", "In", "Out", "_", "__", "_1", "_i12", "get_ipython", "exit", "spark"])
def test_what_ipython_gives_is_defined_in_notebooks_alone(name: str) -> None:
    assert found(f"print({name})\n") == []
    if name in ("display", "In", "_1", "spark"):
        assert [one.name for one in find_all(python_index(Snapshot.of(f"print({name})\n")))] == [name]


def test_an_error_at_the_end_of_a_cell_is_not_in_the_next() -> None:
    known = index("x = 1\n", "if x:\n\n", "y = 2\n")
    (problem,) = find_all(known)
    assert known.unit_at(problem.span.start) == 1
    assert problem.message == "expected an indented block after 'if' statement on line 1"


def test_no_region_crosses_a_seam() -> None:
    cells = ("a = 1\n", "def f(x):\n    return lost\n\nprint((x\n\nb = 2\n", "c = (\n")
    known = index(*cells)
    start, end = len(cells[0]), len(cells[0] + cells[1])
    problem = next(one for one in find_all(known) if one.kind == "syntax")
    regions = list(regions_for(known, problem))
    assert (regions[0].start, regions[0].end) == (start, end)
    assert all(start <= one.start and one.end <= end for one in regions)


@pytest.mark.parametrize(
    ("edit", "seams"),
    [
        (Edit(Span(2, 2), "xx"), (12, 22)),
        (Edit(Span(10, 10), "xx"), (10, 22)),
        (Edit(Span(10, 10), "x\n"), (12, 22)),
        (Edit(Span(8, 10), ""), (8, 18)),
        (Edit(Span(10, 12), "x\n"), (10, 20)),
        (Edit(Span(8, 12), "x"), (17,)),
        (Edit(Span(25, 26), ""), (10, 20)),
    ],
)
def test_seams_move_with_edits(edit: Edit, seams: tuple[int, ...]) -> None:
    assert moved_seams((10, 20), edit) == seams
