"""What a change removes: words that come in another form are kept, and an error is not mended by deleting them."""

from __future__ import annotations

import pytest

from quickfix_ls.candidates.titles.differences import differences
from quickfix_ls.languages.sql.checks import no_quoted_names
from quickfix_ls.problems import find_all
from quickfix_ls.validation.change import Change, Refused
from quickfix_ls.validation.content import removed_by
from quickfix_ls.values import Candidate, Edit, Span
from tests.kit_sql import SQL, schema_of, sql_index

ROOMS = schema_of(rooms="id price")


def change_of(before: str, after: str, dialect: str = "sqlite") -> Change:
    index = sql_index(before, dialect, ROOMS)
    head = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    edit = Edit(Span(head, len(before) - tail), after[head : len(after) - tail])
    assert differences(before, (edit,))
    region = index.region(0)
    problem = find_all(index)[0]
    return Change(index, problem, Candidate((edit,), ""), region, SQL.lexis.lex(region.text))


KEPT = [
    ("SELECT a FORM t;", "SELECT a FROM t;"),
    ("SELECT a FROM t ORDERBY a;", "SELECT a FROM t ORDER BY a;"),
    ("SEL ECT a FROM t;", "SELECT a FROM t;"),
    ("SELECT first name FROM t WHERE first name = 1;", "SELECT first_name FROM t WHERE first_name = 1;"),
    ("SELECT * FROM t WHERE County Name = 1;", 'SELECT * FROM t WHERE "County Name" = 1;'),
    ("SELECT * FROM t WHERE b = 'Ann's book';", "SELECT * FROM t WHERE b = 'Ann''s book';"),
    ("SELECT * FROM t WHERE state = North Carolina;", "SELECT * FROM t WHERE state = 'North Carolina';"),
    ("SELECT a,, b FROM t;", "SELECT a, b FROM t;"),
]
LOST = [
    ("SELECT a b c FROM t;", "SELECT a FROM t;", ["b", "c"]),
    ("SELECT a FROM t WHERE b = 1 c = 2;", "SELECT a FROM t WHERE b = 1;", ["2", "c"]),
    ("SELECT a FROM t WHERE ORDER BY a;", "SELECT a FROM t ORDER BY a;", ["WHERE"]),
    ("SELECT a FROM t WHERE b = 'x' 'y';", "SELECT a FROM t WHERE b = 'x';", ["'y'"]),
]


@pytest.mark.parametrize(("before", "after"), KEPT)
def test_words_in_another_form_are_kept(before: str, after: str) -> None:
    assert removed_by(change_of(before, after)) == ()


@pytest.mark.parametrize(("before", "after", "lost"), LOST)
def test_words_that_are_gone_are_lost(before: str, after: str, lost: list[str]) -> None:
    assert sorted(loss.text for loss in removed_by(change_of(before, after))) == sorted(lost)


def test_a_doubled_keyword_is_stray() -> None:
    (loss,) = removed_by(change_of("SELECT a FROM FROM t;", "SELECT a FROM t;"))
    assert loss.stray


def test_an_unknown_name_in_double_quotes_is_refused() -> None:
    change = change_of("SELECT prise FROM rooms;", 'SELECT "prise" FROM rooms;')
    with pytest.raises(Refused):
        no_quoted_names.check(change)


def test_a_known_name_in_double_quotes_is_not() -> None:
    change = change_of("SELECT prise FROM rooms;", 'SELECT "price" FROM rooms;')
    assert no_quoted_names.check(change) == ""
