"""Views: offsets map there and back, and an edit of the view does to the documents what it does to the view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.documents.composed_view import ComposedView, Piece
from quickfix_ls.documents.formats.notebook import goes_on, pieces_of
from quickfix_ls.documents.view import WholeView
from quickfix_ls.values import Edit, Span, apply_edits

Cells = list[str]

TEXTS = st.text(alphabet="ab\n(é😀", max_size=12)
CELLS = st.lists(TEXTS, min_size=1, max_size=5)


def view_of(cells: Cells) -> ComposedView:
    """The view of cells that hold no magics; their uris are their numbers."""
    return ComposedView([piece for number, text in enumerate(cells) for piece in pieces_of(str(number), text)])


def changed(cells: Cells, edits: list[Edit]) -> Cells | None:
    mapped = view_of(cells).map_edits(edits)
    if mapped is None:
        return None
    return [apply_edits(text, mapped.get(str(number), ())) for number, text in enumerate(cells)]


@st.composite
def cells_and_edits(draw: st.DrawFn) -> tuple[Cells, list[Edit]]:
    cells = draw(CELLS)
    end = view_of(cells).end
    places = sorted(draw(st.lists(st.integers(0, end), min_size=2, max_size=6)))
    spans = [Span(start, stop) for start, stop in zip(places[::2], places[1::2], strict=False)]
    edits = [Edit(span, draw(st.text(alphabet="xy\n", max_size=4))) for span in spans]
    # Two edits at one place have no order of their own.
    return cells, [edit for edit in edits if sum(other.span.touches(edit.span) for other in edits) == 1]


def ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


@given(cells_and_edits())
def test_edits_that_are_mapped_then_composed_are_the_view_s_edits(case: tuple[Cells, list[Edit]]) -> None:
    cells, edits = case
    after = changed(cells, edits)
    if after is not None:
        expected = ended(apply_edits(view_of(cells).text, edits))
        if any(ended(before) != before and ended(left) == left for before, left in zip(cells, after, strict=True)):
            # The line end that a cell lacked is gone with its last line.
            assert [*filter(None, view_of(after).text.split("\n"))] == [*filter(None, expected.split("\n"))]
        else:
            assert view_of(after).text == expected


@given(CELLS, st.data())
def test_an_edit_inside_of_a_cell_is_mapped_unless_it_joins_the_next_cell(cells: Cells, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(cells) - 1))
    start, end = sorted((data.draw(st.integers(0, len(cells[number]))), data.draw(st.integers(0, len(cells[number])))))
    span = view_of(cells).to_view(str(number), Span(start, end))
    assert span is not None
    if span.start < span.end:
        mapped = view_of(cells).map_edits([Edit(span, "x")])
        joins_next = end == len(cells[number]) and cells[number].endswith("\n") and any(cells[number + 1 :])
        assert mapped == (None if joins_next else {str(number): (Edit(Span(start, end), "x"),)})


def test_a_cell_that_would_lose_its_own_line_end_is_left_alone() -> None:
    assert changed(["first", "a\n", "b"], [Edit(Span(7, 8), "")]) is None
    assert changed(["first", "a\n", "b"], [Edit(Span(6, 8), "")]) == ["first", "", "b"]


@given(CELLS, st.data())
def test_spans_go_to_the_view_and_back(cells: Cells, data: st.DataObject) -> None:
    view = view_of(cells)
    number = data.draw(st.integers(0, len(cells) - 1))
    text = cells[number]
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    span = view.to_view(str(number), Span(start, end))
    assert span is not None
    assert view.text[span.start : span.end] == text[start:end]
    if start < end:
        assert view.to_document(span) == (str(number), Span(start, end))


@given(CELLS)
def test_the_view_is_its_cells_each_ended_by_a_line_end(cells: Cells) -> None:
    view = view_of(cells)
    assert view.text == "".join(map(ended, cells))
    assert all(view.text[seam - 1] == "\n" for seam in view.seams)
    assert len(view.seams) == max(0, sum(map(bool, cells)) - 1)


@pytest.mark.parametrize(
    ("cells", "edit", "after"),
    [
        (["x\n", "y\n"], Edit(Span(0, 0), "import a\n"), ["import a\nx\n", "y\n"]),
        (["", "y\n"], Edit(Span(0, 0), "import a\n"), ["import a\n", "y\n"]),
        (["x\n", "y\n"], Edit(Span(2, 2), "    z\n"), ["x\n    z\n", "y\n"]),
        (["x", "y\n"], Edit(Span(2, 2), "    z\n"), ["x\n    z", "y\n"]),
        (["x", "y\n"], Edit(Span(2, 2), "    z\r\n"), ["x\r\n    z", "y\n"]),
        (["x", "y\n"], Edit(Span(2, 2), "("), ["x", "(y\n"]),
        (["x", "y\n"], Edit(Span(1, 1), ")"), ["x)", "y\n"]),
        (["x", "y"], Edit(Span(4, 4), "z"), ["x", "y\nz"]),
        (["a\nb", "y"], Edit(Span(2, 4), ""), ["a\n", "y"]),
        (["a\nb", "y"], Edit(Span(2, 4), "c\n"), ["a\nc", "y"]),
        (["ab", "y"], Edit(Span(0, 4), "xb\ny"), ["xb", "y"]),
        (["ab", "y"], Edit(Span(1, 3), "c"), None),
        (["a", "b"], Edit(Span(1, 2), " "), None),
        (["a\n", "b\n"], Edit(Span(0, 4), ""), None),
    ],
    ids=repr,
)
def test_edits_at_the_seams(cells: Cells, edit: Edit, after: Cells | None) -> None:
    assert changed(cells, [edit]) == after


@pytest.mark.parametrize(
    ("home", "lines", "after"),
    [
        ("", "n = 0\n", ["x\nn = 0", "y"]),
        ("0", "n = 0\n", ["x\nn = 0", "y"]),
        ("1", "n = 0\n", ["x", "n = 0\ny"]),
        ("1", "import n\n", ["x\nimport n", "y"]),
        ("1", "    n\n", ["x\n    n", "y"]),
        ("0", "n(", ["x", "n(y"]),
    ],
)
def test_lines_between_two_cells_belong_to_the_one_they_are_made_for(home: str, lines: str, after: Cells) -> None:
    view = ComposedView([*pieces_of("0", "x"), *pieces_of("1", "y")], goes_on)
    mapped = view.map_edits([Edit(Span(2, 2), lines)], home)
    assert mapped is not None
    assert [apply_edits(text, mapped.get(uri, ())) for uri, text in (("0", "x"), ("1", "y"))] == after


@pytest.mark.parametrize(
    ("cell", "before", "behind"),
    [("!ls", True, True), ("%%time\nf()", False, True), ("%%bash\nls", False, False), ("%%capture a\nb", False, True)],
)
def test_a_cell_magic_stays_first_and_its_text_what_it_is(cell: str, before: bool, behind: bool) -> None:
    view = ComposedView(pieces_of("u", cell))
    assert (view.map_edits([Edit(Span(0, 0), "x\n")]) is not None) is before
    assert (view.map_edits([Edit(Span(view.end, view.end), "x\n")]) is not None) is behind


def test_two_insertions_at_one_place_of_a_document_keep_their_order() -> None:
    assert changed(["z", "b"], [Edit(Span(1, 1), "y"), Edit(Span(2, 2), "a\n")]) == ["zy\na", "b"]


MASKED = ComposedView(
    [
        Piece("a = ", "u", Span(0, 4), exact=True),
        Piece("_", "u", Span(4, 9)),
        Piece("\nb\n", "u", Span(9, 12), exact=True),
        Piece("c\n"),
    ]
)
"""`a = !make`, a line end, `b`, and text that is no document's."""


def test_text_that_replaces_other_text_stands_for_all_of_it() -> None:
    assert MASKED.to_document(Span(4, 5)) == ("u", Span(4, 9))
    assert MASKED.to_document(Span(0, 7)) == ("u", Span(0, 11))
    assert MASKED.to_view("u", Span(5, 11)) == Span(4, 7)
    assert MASKED.to_document(Span(8, 9)) is None
    assert MASKED.to_document(Span(6, 9)) is None
    assert MASKED.to_view("u", Span(0, 13)) is None
    assert MASKED.to_view("v", Span(0, 0)) is None


@pytest.mark.parametrize(
    ("edit", "mapped"),
    [
        (Edit(Span(4, 5), "x"), None),
        (Edit(Span(2, 6), "x"), None),
        (Edit(Span(0, 6), "z = _\n"), Edit(Span(0, 1), "z")),
        (Edit(Span(4, 4), "x"), Edit(Span(4, 4), "x")),
        (Edit(Span(5, 5), "x"), Edit(Span(9, 9), "x")),
        (Edit(Span(8, 9), "x"), None),
        (Edit(Span(9, 9), "x"), None),
    ],
    ids=repr,
)
def test_what_replaces_other_text_can_t_be_edited(edit: Edit, mapped: Edit | None) -> None:
    assert MASKED.map_edits([edit]) == ({"u": (mapped,)} if mapped else None)


def test_a_view_may_show_a_part_of_a_document_in_another_order() -> None:
    view = ComposedView([Piece("cd", "u", Span(2, 4), exact=True), Piece("x", "v", Span(7, 8), exact=True)])
    assert view.to_view("u", Span(3, 4)) == Span(1, 2)
    assert view.to_view("u", Span(1, 3)) is None
    assert view.map_edits([Edit(Span(2, 3), "y"), Edit(Span(0, 1), "z")]) == {
        "u": (Edit(Span(2, 3), "z"),),
        "v": (Edit(Span(7, 8), "y"),),
    }


def test_the_view_of_a_file_is_the_file() -> None:
    view, edit = WholeView("u"), Edit(Span(0, 3), "x")
    assert view.to_document(Span(1, 2)) == ("u", Span(1, 2))
    assert view.to_view("u", Span(1, 2)) == Span(1, 2)
    assert view.to_view("v", Span(1, 2)) is None
    assert view.map_edits([edit]) == {"u": (edit,)}
    assert view.seams == ()


def test_a_view_of_nothing_maps_nothing() -> None:
    view = ComposedView([])
    assert view.text == ""
    assert view.to_document(Span(0, 0)) is None
    assert view.map_edits([Edit(Span(0, 0), "x")]) is None
