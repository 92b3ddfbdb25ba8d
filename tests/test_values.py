"""Edits: applied as one, and two sets of them composed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickfix_ls.values import Edit, Span, apply_edits, compose_edits


def test_edits_are_applied_whatever_their_order() -> None:
    edits = [Edit(Span(4, 5), "Y"), Edit(Span(0, 1), "X")]
    assert apply_edits("a b c", edits) == "X b Y"


def test_edits_of_a_region_are_in_coordinates_of_the_document() -> None:
    assert apply_edits("b c", [Edit(Span(12, 13), "Y")], origin=10) == "b Y"


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(3, 9)], [(2, 1)]])
def test_edits_that_overlap_or_lie_outside_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply_edits("abcd", [Edit(Span(*span), "x") for span in spans])


@st.composite
def edits_on(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    points = sorted(draw(st.lists(st.integers(0, len(text)), min_size=0, max_size=6)))
    pairs = list(zip(points[::2], points[1::2], strict=False))
    # Two insertions at one place have no order, so starts differ.
    kept = [pair for i, pair in enumerate(pairs) if i == 0 or pair[0] > pairs[i - 1][1]]
    return tuple(Edit(Span(*pair), draw(st.text("xyz", max_size=3))) for pair in kept)


@given(st.data())
def test_composed_edits_do_what_the_two_do_in_turn(data: st.DataObject) -> None:
    text = data.draw(st.text("abc", max_size=14))
    first = data.draw(edits_on(text))
    middle = apply_edits(text, first)
    second = data.draw(edits_on(middle))
    assert apply_edits(text, compose_edits(first, second)) == apply_edits(middle, second)
