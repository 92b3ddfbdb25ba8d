"""A name that is added to an import elsewhere in the file is judged with the whole statement."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.languages.python.names.undefined import undefined_names
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_python import python_index

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
    index = python_index(Snapshot.of(TEXT))
    (problem,) = undefined_names(index)
    region = index.region(index.unit_at(problem.span.start))
    candidate = Candidate((Edit(Span(len(place), len(place)), new),), "")
    change = Change(index, problem, candidate, region, lex(region.text))
    assert validate(change, "step", "repair").refusal == refusal
