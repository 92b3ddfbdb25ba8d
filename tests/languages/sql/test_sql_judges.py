"""The place of the first syntax error, by SQLite itself and by sqlglot, as the text with the error between marks."""

from __future__ import annotations

import pytest

from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.syntax_fault import fault

MARKED = [
    ("sqlite", "SELECT a FROM t WHERE b > [=] 1"),
    ("sqlite", "SELECT a FROM t WHERE b = 'x' ORDER [c]"),
    ("sqlite", "SELECT a FROM t WHERE (b = 1[]"),
    ("sqlite", "SELECT a FROM t WHERE a = ['x AND b = 1]"),
    ("sqlite", "SELECT a, b, [FROM] t"),
    ("sqlite", "SELECT a FROM t WHERE a = 1; SELECT b FROM u WHERE [=] 2"),
    ("sqlite", "SELECT a FORM [t]"),
    ("sqlite", "SELECT a FROM t WHERE b ([SELECT] 1)"),
    ("sqlite", "SELECT a FROM t WHERE b = [“]x”"),
    ("postgres", "SELECT a FROM t WHERE b > [=] 1"),
    ("postgres", "SELECT a FROM t JOIN u t[.]x = u.y"),
    ("postgres", "SELECT a, b, [FROM] t"),
    ("postgres", "SELECT a FROM t WHERE c IN (1, 2,[)]"),
    ("postgres", "SELECT a FROM t ORDER BY a [WHERE] b = 1"),
    ("postgres", "SELECT [`a`] FROM t"),
    ("postgres", "SELECT a FROM t LIMIT 5[,] 10"),
    ("postgres", "SELECT CASE WHEN a 1 [END] FROM t"),
    ("postgres", "SELECT a FROM [FROM] t"),
    ("postgres", "SELECT a FROM t WHERE [order] = 1"),
    ("postgres", "INSERT INTO t VALUES (1) [(]2)"),
    ("postgres", "INSERT [t] VALUES (1)"),
    ("postgres", "SELECT [,] a FROM t"),
    ("mysql", "SELECT a FROM t, [JOIN] u ON t.a = u.a"),
    ("", "SELECT a FROM t GROUP [a]"),
    ("", "SELECT a FROM t WHERE b = 1 [c] = 2"),
]
NOT_JUDGED = [
    "CREATE OPERATOR @@ (LEFTARG = a, PROCEDURE = p, JOIN = j)",
    "CREATE FUNCTION f(OUT a text) RETURNS SETOF record AS 'm', 'n' LANGUAGE C",
    "CREATE VIEW v WITH (security_barrier) AS SELECT 1",
    "GRANT ALL ON t TO x WITH GRANT OPTION CASCADE",
]


@pytest.mark.parametrize(("dialect", "marked"), MARKED, ids=[f"{d}-{m}" for d, m in MARKED])
def test_the_place_of_the_first_error(dialect: str, marked: str) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = fault(text, "", "", SqlEnvironment(dialect))
    assert found is not None
    assert (found.span.start, found.span.end) == (start, end), (found.message, text[found.span.start : found.span.end])


@pytest.mark.parametrize("text", NOT_JUDGED)
def test_what_parsers_know_in_part_is_not_judged(text: str) -> None:
    assert fault(text, "", "", SqlEnvironment("postgres")) is None


@pytest.mark.parametrize(
    "text", ["CREATE TABEL t (a INTEGER)", "SELCT a FROM t", "CREATE TABLE t (a INTEGER,, b TEXT)"]
)
@pytest.mark.parametrize("dialect", ["sqlite", "postgres"])
def test_misspelt_beginnings_are_judged(text: str, dialect: str) -> None:
    assert fault(text, "", "", SqlEnvironment(dialect)) is not None
