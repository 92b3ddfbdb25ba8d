"""Fixing a part of a document: it grows and shrinks with the fixes that it takes."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Candidate, Edit, Offer, Problem, Span, Verdict
from quickfix_ls.worker.part import Part
from tests.kit_python import python_index


def offer(*edits: Edit) -> Offer:
    problem = Problem("name", "", "NameError", Span(0, 0))
    return Offer(problem, Candidate(edits, ""), (), Verdict(()), 1.0)


@pytest.mark.parametrize(
    ("edits", "is_taken"),
    [
        ([Edit(Span(10, 12), "x")], True),
        ([Edit(Span(9, 12), "x")], False),
        ([Edit(Span(12, 18), "x")], False),
        ([Edit(Span(10, 12), "x"), Edit(Span(0, 0), "import x\n")], False),
        ([Edit(Span(10, 10), "(")], True),
        ([Edit(Span(17, 17), "(")], False),
        ([Edit(Span(17, 17), "x\n")], True),
    ],
)
def test_what_lies_in_the_part(edits: list[Edit], is_taken: bool) -> None:
    assert Part((Span(10, 17),)).takes(offer(*edits)) is is_taken


def test_a_part_follows_the_fixes() -> None:
    part = Part((Span(2, 4), Span(6, 8)))
    assert part.takes(offer(Edit(Span(3, 3), "xyz"), Edit(Span(6, 8), "")))
    assert part.takes(offer(Edit(Span(6, 7), "")))
    assert not part.takes(offer(Edit(Span(7, 8), "x")))


async def test_problems_are_those_in_the_part() -> None:
    text = "one\ntwo\nthree\n"
    found = await Part((Span(4, 8),)).problems(python_index(Snapshot.of(text)))
    assert [one.name for one in found] == ["two"]
