"""Which changes are duplicates of each other."""

from __future__ import annotations

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.lexer import lex
from quickfix_ls.problems import find_all
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_python import python_index

TEXT = "from shop import cart\nfrom store import shelf\n\n\ndef f():\n    return prices(cart, shelf)\n"


def change(edit: Edit) -> Change:
    index = python_index(Snapshot.of(TEXT))
    problem = find_all(index)[0]
    region = index.region(index.unit_at(problem.span.start))
    return Change(index, problem, Candidate((edit,), "a change"), region, lex(region.text))


def test_the_same_text_at_two_places_outside_of_the_region_makes_two_changes() -> None:
    first, second = (TEXT.index(word) + len(word) for word in ("cart", "shelf"))
    ways = [change(Edit(Span(place, place), ", prices")) for place in (first, second, first)]
    assert ways[0].key != ways[1].key
    assert ways[0].key == ways[2].key
