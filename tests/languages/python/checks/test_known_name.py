"""Where types show the problem, only names that the owner has come in."""

from __future__ import annotations

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.checks.known_name import check
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.values import Candidate, Edit, Problem, Span
from tests.kit_python import python_index

TEXT = "path.read_txt()\n"
SPAN = Span(5, 13)


def change(new: str, origin: str = "types") -> Change:
    index = python_index(Snapshot.of(TEXT))
    message = "'Path' object has no attribute 'read_txt'"
    problem = Problem("name", message, "AttributeError", SPAN, "read_txt", origin, hints=("read_text",))
    region = index.region(0)
    return Change(index, problem, Candidate((Edit(SPAN, new),), "a change"), region, lex(region.text))


def test_a_name_that_the_owner_has_is_told() -> None:
    assert check(change("read_text")) == "`read_text` is an attribute, by its type"


def test_a_name_that_the_owner_lacks_is_refused() -> None:
    with pytest.raises(Refused, match="`read_tx` would not exist either"):
        check(change("read_tx"))


@pytest.mark.parametrize(("new", "origin"), [("read_text", "suspicion"), ("read_text()", "types")])
def test_of_all_else_types_tell_nothing(new: str, origin: str) -> None:
    assert check(change(new, origin)) == ""
