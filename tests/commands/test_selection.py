"""Which offers are written, and what is said about the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from quickfix_ls.commands.selection import UNSAFE_PROBABILITY, LeftProblem, Selection, summary, told
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.silence import Reason, percent
from quickfix_ls.values import Candidate, Edit, Offer, Problem, Span, Verdict
from tests.kit_python import python_index

TEXT = "total = 1\nprint(totl)\n"
PROBLEM = Problem("name", "name 'totl' is not defined", "NameError", Span(16, 20), "totl")
CANDIDATE = Candidate((Edit(Span(16, 20), "total"),), "Replace `totl` with `total`", "fixer:rename_to_nearest")
SURE = Offer(PROBLEM, CANDIDATE, ("fixer:rename_to_nearest",), Verdict(()), 0.97, preferred=True)
LIKELY = replace(SURE, probability=UNSAFE_PROBABILITY, preferred=False)
UNLIKELY = replace(LIKELY, probability=UNSAFE_PROBABILITY - 0.01)
BY_MODEL = replace(UNLIKELY, sources=("model:plain",))


async def left_after(offer: Offer, *, is_unsafe: bool) -> list[LeftProblem]:
    """What is left after an offer was, or was not, selected."""
    selection = Selection(is_unsafe=is_unsafe)

    async def find(index: object) -> list[Problem]:
        return [PROBLEM]

    problems = await selection.watching(find)(python_index(Snapshot.of(TEXT)))
    return [] if selection.wants(offer) else selection.left(Snapshot.of(TEXT), problems)


@pytest.mark.parametrize(
    ("offer", "is_unsafe", "cause"),
    [
        (SURE, False, ""),
        (LIKELY, False, "unsafe"),
        (UNLIKELY, False, "unlikely"),
        (BY_MODEL, False, "unsafe"),
        (SURE, True, ""),
        (LIKELY, True, ""),
        (UNLIKELY, True, "unlikely"),
        (BY_MODEL, True, ""),
    ],
)
async def test_what_is_written_and_why_the_rest_is_left(offer: Offer, is_unsafe: bool, cause: str) -> None:
    assert [problem.cause for problem in await left_after(offer, is_unsafe=is_unsafe)] == ([cause] if cause else [])


async def test_what_is_left_is_said_with_its_fix() -> None:
    (left,) = await left_after(LIKELY, is_unsafe=False)
    assert told(left) == "50 % sure: Replace `totl` with `total` (--unsafe applies it)"
    (left,) = await left_after(UNLIKELY, is_unsafe=True)
    assert told(left) == "49 % sure: Replace `totl` with `total` (too little to apply)"
    assert told(LeftProblem(PROBLEM, reason=Reason("none", "none was found"))) == "no fix: none was found"
    assert told(LeftProblem(PROBLEM)) == "no fix"


async def test_a_problem_with_the_fix_of_another_refers_to_it() -> None:
    text = "print(totl)\ntotal = 1\nprint(totl)\n"
    edits = (Edit(Span(6, 10), "total"), Edit(Span(28, 32), "total"))
    both = replace(LIKELY, candidate=replace(CANDIDATE, edits=edits))
    problems = [replace(PROBLEM, span=Span(6, 10)), replace(PROBLEM, span=Span(28, 32), name="other")]
    selection = Selection(is_unsafe=False)

    async def find(index: object) -> list[Problem]:
        return problems

    found = await selection.watching(find)(python_index(Snapshot.of(text)))
    for problem in found:
        assert not selection.wants(replace(both, problem=problem))
    first, second = selection.left(Snapshot.of(text), problems)
    assert told(first).startswith("50 % sure")
    assert told(second) == "the fix of line 1 is its too"


def test_the_summary_counts_the_causes() -> None:
    assert summary(Counter({"none": 2, "unsafe": 1})) == (
        "1 less sure: --unsafe applies those from 50 %; 2 without a fix"
    )
    assert summary(Counter()) == ""


@pytest.mark.parametrize(
    ("probability", "words"),
    [(1.0, "99 %"), (0.5, "50 %"), (0.014, "1 %"), (0.009, "less than 1 %"), (0.0, "less than 1 %")],
)
def test_no_probability_is_certain(probability: float, words: str) -> None:
    assert percent(probability) == words
