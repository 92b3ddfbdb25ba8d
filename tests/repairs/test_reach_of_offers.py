"""The title of an offer that changes other functions than the problem's own."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.repairs.reach import with_reach
from quickfix_ls.values import Candidate, Edit, Offer, Problem, Span, Verdict
from tests.kit_python import python_index

TEXT = """\
import os


def first():
    return one


class Shape:
    size = two

    @property
    def area(self):
        return three


async def last():
    return four


five
"""


def titled(problem: str, *changed: str) -> str:
    """The title of an offer for a problem at one word that changes others."""
    spans = [Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in (problem, *changed)]
    edits = tuple(Edit(span, "x") for span in spans[1:])
    found = Problem("name", "", "NameError", spans[0], problem)
    offer = Offer(found, Candidate(edits, "Do it"), ("fixer:x",), Verdict(()), 0.5)
    return with_reach(python_index(Snapshot.of(TEXT)), offer).candidate.title


@pytest.mark.parametrize(
    ("problem", "changed", "title"),
    [
        ("one", ["one"], "Do it"),
        ("one", ["one", "os"], "Do it"),
        ("one", ["one", "two"], "Do it"),
        ("one", ["three"], "Do it (in the function area)"),
        ("one", ["one", "three"], "Do it (also in the function area)"),
        ("five", ["one", "four"], "Do it (in the functions first and last)"),
        ("five", ["one", "three", "four"], "Do it (in the functions first, area and 1 more)"),
    ],
)
def test_other_functions_are_named(problem: str, changed: list[str], title: str) -> None:
    assert titled(problem, *changed) == title


def test_what_begins_a_line_belongs_to_that_line() -> None:
    text = "def first():\n    return 1\ndef second():\n    await x\n"
    at = text.index("def second")
    found = Problem("syntax", "", "SyntaxError", Span(text.index("await"), len(text)))
    offer = Offer(found, Candidate((Edit(Span(at, at), "async "),), "Do it"), ("fixer:x",), Verdict(()), 0.5)
    assert with_reach(python_index(Snapshot.of(text)), offer).candidate.title == "Do it"
