"""The examples of SQL's fixers are their tests: `after` is among what a fixer makes of `before`, and it makes nothing
of what it leaves. No fixer raises on any text."""

from __future__ import annotations

import pytest

from quickfix_ls.candidates import fixers_for
from quickfix_ls.candidates.fixers import Example, Fixer, all_fixers
from quickfix_ls.context.build import build_context
from quickfix_ls.problems import find_all, problem_of
from quickfix_ls.values import Reported, Span, apply_edits
from tests.kit_sql import SQL, sql_index

FIXERS = all_fixers(SQL.fixers)
EXAMPLES = [(fixer, example) for fixer in FIXERS for example in fixer.examples]
LEAVES = [(fixer, text) for fixer in FIXERS for text in fixer.leaves]


def made_of(fixer: Fixer, example: Example) -> set[str] | None:
    """The texts that a fixer makes of an example; None if there is no problem that it takes."""
    before = example.before.replace("$0", "")
    index = sql_index(before)
    found = [problem for problem in find_all(index) if fixer.takes(problem)]
    if example.reported is not None:
        source, code, message = example.reported
        place = example.before.index("$0")
        told = problem_of(index, Reported(message, Span(place, place), source, code))
        found = [told] if told is not None else []
    if not found:
        return None
    region = index.region(index.unit_at(found[0].span.start))
    context = build_context(index, region, found[0])
    return {apply_edits(before, candidate.edits) for candidate in fixer.propose(context)}


@pytest.mark.parametrize(("fixer", "example"), EXAMPLES, ids=[f"{f.name}-{i}" for i, (f, _) in enumerate(EXAMPLES)])
def test_example(fixer: Fixer, example: Example) -> None:
    found = made_of(fixer, example)
    assert found is not None, "there is no such problem in it"
    assert example.after in found
    assert not [problem for problem in find_all(sql_index(example.after)) if fixer.takes(problem)]


@pytest.mark.parametrize(("fixer", "text"), LEAVES, ids=[f"{fixer.name}-{text!r}" for fixer, text in LEAVES])
def test_what_only_looks_like_its_case_is_left(fixer: Fixer, text: str) -> None:
    assert made_of(fixer, Example(text, text)) == set()


@pytest.mark.parametrize("fixer", FIXERS, ids=lambda one: one.name)
def test_fixer_is_documented(fixer: Fixer) -> None:
    assert len(fixer.examples) >= 1
    assert fixer.propose.__module__.endswith(f".{fixer.name}"), "one fixer a file, of the file's name"


@pytest.mark.parametrize("dialect", ["", "sqlite", "postgres", "mysql"])
@pytest.mark.parametrize("fixer", FIXERS, ids=lambda one: one.name)
def test_fixers_take_the_beginnings_of_any_text(fixer: Fixer, dialect: str) -> None:
    for example in fixer.examples[:3]:
        text = example.before.replace("$0", "").replace("-- dialect: ", "-- ")
        for end in range(1, len(text), 7):
            index = sql_index(text[:end], dialect)
            for problem in find_all(index)[:2]:
                context = build_context(index, index.region(0, len(index.cuts) - 1), problem)
                for one in fixers_for(SQL, problem):
                    for candidate in one.propose(context):
                        assert apply_edits(text[:end], candidate.edits) != text[:end], one.name
