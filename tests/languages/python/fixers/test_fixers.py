"""Every fixer's examples are its tests: `after` is among what it makes of `before`, by an honest change, and it makes
nothing of what it leaves."""

from __future__ import annotations

import pytest

from quickfix_ls.candidates.fixers import Example, Fixer, all_fixers
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checks.keeps_code import check
from quickfix_ls.problems import find_all, problem_of
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Reported, Span, apply_edits
from tests.kit_python import PYTHON, python_index

LEAVES = [(fixer, text) for fixer in all_fixers(PYTHON.fixers) for text in fixer.leaves]
EXAMPLES = [(fixer, example) for fixer in all_fixers(PYTHON.fixers) for example in fixer.examples]


def changes(fixer: Fixer, example: Example) -> dict[str, Change]:
    """What the fixer proposes for a text, by the text after it."""
    before = example.before.replace("$0", "")
    index = python_index(Snapshot.of(before))
    if example.reported is None:
        found = find_all(index)
    else:
        source, code, message = example.reported
        place = example.before.index("$0")
        told = problem_of(index, Reported(message, Span(place, place), source, code, example.facts))
        assert told is not None, "that says nothing to us"
        found = [told]
    problem = next((p for p in found if fixer.takes(p)), None)
    if problem is None:
        pytest.skip("nothing is wrong with it in this version of Python")
    region = index.region(0, len(index.cuts) - 1)
    context = build_context(index, region, problem)
    return {
        apply_edits(before, candidate.edits): Change(index, problem, candidate, region, context.tokens)
        for candidate in fixer.propose(context)
    }


@pytest.mark.parametrize(("fixer", "example"), EXAMPLES, ids=[f"{f.name}-{i}" for i, (f, _) in enumerate(EXAMPLES)])
def test_example(fixer: Fixer, example: Example) -> None:
    found = changes(fixer, example)
    assert example.after in found
    assert check(found[example.after]) == ""


@pytest.mark.parametrize(("fixer", "text"), LEAVES, ids=[f"{fixer.name}-{text!r}" for fixer, text in LEAVES])
def test_what_only_looks_like_its_case_is_left(fixer: Fixer, text: str) -> None:
    assert any(fixer.takes(problem) for problem in find_all(python_index(Snapshot.of(text))))
    assert changes(fixer, Example(text, text)) == {}


@pytest.mark.parametrize("fixer", all_fixers(PYTHON.fixers), ids=lambda one: one.name)
def test_fixer_is_documented(fixer: Fixer) -> None:
    assert len(fixer.examples) >= 1
    assert fixer.propose.__module__.endswith(f".{fixer.name}"), "one fixer a file, of the file's name"
