"""A name that is added to an import elsewhere in the file is judged with the whole statement."""

from __future__ import annotations

import pytest

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.tokens import lex
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Edit, Span

TEXT = """\
from os import path


def f(name):
    return path.join(name, sep)
"""


@pytest.mark.parametrize(
    ("place", "new", "refusal"),
    [
        ("from os import path", ", sep", ""),
        ("from os import ", "sep, ", ""),
        ("from os import path", " sep", "what it changes elsewhere does not parse"),
        ("from os import path", ", linesep", "`sep` is still undefined"),
    ],
)
def test_an_added_name(place: str, new: str, refusal: str) -> None:
    analysis = Analysis.of(Snapshot.of(TEXT))
    (problem,) = analysis.undefined_names()
    region = analysis.region(analysis.unit_at(problem.span.start))
    candidate = Candidate((Edit(Span(len(place), len(place)), new),), "")
    assert validate(Change(analysis, problem, candidate, region, lex(region.text))).refusal == refusal
