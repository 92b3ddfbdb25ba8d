"""Every fixer's examples are its tests: `after` is among what it makes of `before`."""

from __future__ import annotations

import pytest

from quickfix_ls.analysis.importable import Importables
from quickfix_ls.analysis.index import Analysis
from quickfix_ls.candidates.fixers import Example, Fixer, all_fixers
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from quickfix_ls.values import apply_edits

EXAMPLES = [(fixer, example) for fixer in all_fixers() for example in fixer.examples]


def texts_after(fixer: Fixer, before: str) -> list[str]:
    analysis = Analysis.of(Snapshot.of(before))
    problem = next(p for p in find_all(analysis) if p.kind in fixer.handles)
    region = analysis.region(0, len(analysis.cuts) - 1)
    context = build_context(analysis, region, problem, fixer.needs, Importables())
    return [apply_edits(before, candidate.edits) for candidate in fixer.propose(context)]


@pytest.mark.parametrize(("fixer", "example"), EXAMPLES, ids=[f"{f.name}-{i}" for i, (f, _) in enumerate(EXAMPLES)])
def test_example(fixer: Fixer, example: Example) -> None:
    assert example.after in texts_after(fixer, example.before)


@pytest.mark.parametrize("fixer", all_fixers(), ids=lambda one: one.name)
def test_fixer_is_documented(fixer: Fixer) -> None:
    assert len(fixer.examples) >= 1
    assert fixer.propose.__module__.endswith(f".{fixer.name}"), "one fixer a file, of the file's name"
