"""Any text: tokens are in order and make up the text, cuts are stable, and no analysis raises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.meaning import first_error
from quickfix_ls.languages.sql.statement_splitter import StatementStarts
from quickfix_ls.languages.sql.syntax_fault import fault
from quickfix_ls.languages.sql.tool_commands import masked
from quickfix_ls.values import Edit, Span
from tests.kit_sql import SQL, schema_of

PIECES = st.sampled_from(
    [
        *(
            "SELECT",
            "a",
            "t",
            "FROM",
            "WHERE",
            "JOIN",
            "ON",
            "=",
            "1",
            "'x'",
            "'it''s'",
            '"a b"',
            "(",
            ")",
            ",",
            ";",
            "\n",
        ),
        *("GROUP BY", "ORDER BY", "CASE", "WHEN", "THEN", "END", "BEGIN", "CREATE TRIGGER g", "--c\n", "/*", "*/", "'"),
        *(
            "$$",
            "$q$",
            "`",
            "[x]",
            "::",
            "> =",
            "\nGO\n",
            "\\echo x\n",
            "stdin;\n",
            "\n\\.\n",
            "DELIMITER //\n",
            "é",
            "”",
        ),
        *(
            "INSERT INTO",
            "VALUES",
            "UPDATE",
            "SET",
            "DELETE",
            "WITH",
            "AS",
            "UNION",
            "\r\n",
            "\t",
            "E'\\'",
            ".",
            "*",
            "%",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=40)
SCHEMA = schema_of(t="a b", u="a c")


def cuts_of(text: str, start: int = 0) -> list[int]:
    return [cut.start for cut in StatementStarts(text, start, (), ())]


@given(TEXTS)
def test_tokens_are_in_order_and_leave_only_white_space(text: str) -> None:
    end = 0
    for token in lex(text):
        assert token.start >= end
        assert text[end : token.start].strip() == ""
        assert text[token.start : token.end] == token.text != ""
        end = token.end
    assert text[end:].strip() == ""


@given(TEXTS)
def test_cuts_begin_with_the_text_and_are_the_same_from_any_of_them(text: str) -> None:
    cuts = cuts_of(text)
    assert cuts == sorted(set(cuts))
    assert cuts[:1] == [0]
    for number, start in enumerate(cuts):
        assert cuts_of(text, start) == cuts[number:]


@given(TEXTS, TEXTS, st.data())
@settings(deadline=None)
def test_an_edited_index_equals_a_new_one(text: str, added: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    environment = SqlEnvironment("sqlite", SCHEMA)
    edited = SQL.index(Snapshot.of(text), environment).edited(Edit(Span(start, end), added), None)
    fresh = SQL.index(Snapshot.of(text[:start] + added + text[end:]), environment)
    assert edited.snapshot.text == fresh.snapshot.text
    assert edited.cuts == fresh.cuts
    assert [edited.unit_fault(unit) for unit in range(len(edited.cuts))] == [
        fresh.unit_fault(unit) for unit in range(len(fresh.cuts))
    ]


@given(TEXTS, st.sampled_from(["", "sqlite", "postgres", "mysql", "tsql"]))
@settings(deadline=None)
def test_no_analysis_raises(text: str, dialect: str) -> None:
    environment = SqlEnvironment(dialect, SCHEMA)
    found = fault(text, "", "", environment)
    if found is None:
        found = first_error(text, environment, FileTables())
    assert found is None or 0 <= found.span.start <= found.span.end <= len(text)


@given(TEXTS)
def test_masking_keeps_the_places(text: str) -> None:
    after = masked(text)
    assert len(after) == len(text)
    assert [at for at, char in enumerate(text) if char == "\n"] == [at for at, char in enumerate(after) if char == "\n"]
