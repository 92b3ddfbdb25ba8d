"""What the diagnostics of other tools for SQL are read as, recorded ones and any others."""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quickfix_ls import languages
from quickfix_ls.checkers import all_checkers
from quickfix_ls.checkers.checker import Reading
from quickfix_ls.checkers.running import run
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.checkers import CHECKERS, read
from quickfix_ls.values import Problem, Reported, Span
from tests.languages.sql.kit_messages import SHOP, problem_of, recorded, sql_index

_SYNTAX_CASES = {"unterminated", "keyword", "from", "comma", "end", "bracket", "reserved"}


@pytest.mark.parametrize("tool", ["sqlfluff", "sqruff", "postgres_language_server"])
def test_its_syntax_errors_are_those_of_our_own_parser(tool: str) -> None:
    found = {}
    for message in recorded(tool):
        if message.case in _SYNTAX_CASES:
            own = sql_index(message.statement, "postgres").unit_fault(0)
            problem = problem_of(message)
            assert problem is None or (own is not None and problem.span == own.span)
            found[message.case] = found.get(message.case) or problem
    assert found.keys() == _SYNTAX_CASES
    assert all(found[case] is not None for case in ("unterminated", "keyword", "from", "end", "bracket", "reserved"))


@pytest.mark.parametrize("tool", ["sqlfluff", "sqruff"])
def test_a_linter_s_other_errors(tool: str) -> None:
    others = [(message.case, problem_of(message, SHOP)) for message in recorded(tool)]
    told = {case: (problem.code, problem.name) for case, problem in others if problem and problem.kind == "query"}
    widths = {"union": ("Columns", "")} if tool == "sqlfluff" else {}
    assert told == {"alias": ("UnknownAlias", "cu"), **widths}


def test_what_the_postgres_language_server_says_are_the_words_of_postgresql() -> None:
    engine = {message.case: problem_of(message, SHOP) for message in recorded("postgres")}
    server = {message.case: problem_of(message, SHOP) for message in recorded("postgres_language_server")}
    assert server.keys() == engine.keys()
    assert server == engine


def test_rules_of_style_are_no_problems() -> None:
    assert (
        read(Reported("Unquoted identifiers must be consistently upper case.", Span(0, 1), "sqlfluff", "CP02")) is None
    )
    assert read(Reported("Line is too long (91 > 80).", Span(0, 1), "sqruff", "LT05")) is None
    assert (
        read(Reported("An UPDATE without a WHERE clause", Span(0, 1), "pg", "lint/safety/banUpdateWithoutWhere"))
        is None
    )


def test_in_an_editor() -> None:
    message = "Line 1, Position 18: Found unparsable section: 'customers'."
    assert read(Reported(message, Span(0, 1), "sqlfluff", "PRS")) == Reading("SyntaxError", "", kind="syntax")
    assert read(Reported("Unparsable section", Span(0, 1), "sqruff", "")) == Reading("SyntaxError", "", kind="syntax")


_PROGRAMS = {name: checker.command[0] for name, checker in all_checkers(CHECKERS).items()}


@pytest.mark.parametrize("name", _PROGRAMS)
async def test_the_real_tool_reports_a_statement_that_does_not_parse(name: str) -> None:
    if shutil.which(_PROGRAMS[name]) is None or not os.path.isabs(shutil.which(_PROGRAMS[name]) or ""):
        pytest.skip(f"{name} is not installed")
    text = "SELECT name\nFORM customers;\n"
    found = await run(all_checkers(CHECKERS)[name], Snapshot.of(text), (0, 0), 120.0, ".sql")
    assert found
    problems = [languages.of("sql").problem_finder.reading(sql_index(text, "postgres"), one) for one in found]
    assert {problem.span.start for problem in problems if problem} == {text.index("customers")}


_STATEMENT = "SELECT c.naem, uper(name)\nFROM customers AS c\nWHERE c.\"Mail\" = 'x' -- naem"
_WORDS = st.sampled_from(
    [
        "no such column: ",
        'column "',
        '" does not exist',
        "naem",
        "c.naem",
        "`c`.`naem`",
        "\nLINE ",
        "1: ",
        "3: ",
        "... ",
        "\n   ^",
        "\nHINT:  Perhaps you meant to reference the column ",
        "Did you mean one of the following? [",
        "]",
        "Unknown column '",
        "' in 'field list'",
        "syntax error at or near ",
        "near '' at line 999999",
        "line 1 pos 7",
        " at [2:10]",
        "invalid identifier '",
        "No function matches the given name and argument types '",
        "function uper(",
        ") does not exist",
        "(",
        ",",
        "'",
        '"',
        ".",
        "[UNRESOLVED_COLUMN] with name ",
        " cannot be resolved",
        "\\",
    ]
)
_MESSAGES = st.one_of(st.text(), st.lists(st.one_of(_WORDS, st.text(max_size=4)), max_size=12).map("".join))


@settings(max_examples=400, deadline=None)
@given(
    message=_MESSAGES,
    dialect=st.sampled_from(["", "sqlite", "postgres", "bigquery"]),
    start=st.integers(0, len(_STATEMENT)),
    source=st.sampled_from(["", "sqlfluff", "pg", "SQLTools"]),
    code=st.sampled_from(["", "PRS", "syntax", "typecheck", "42703"]),
)
def test_any_message_is_a_problem_in_the_text_or_none(
    message: str, dialect: str, start: int, source: str, code: str
) -> None:
    reported = Reported(message, Span(start, min(start + 3, len(_STATEMENT))), source, code)
    problem = languages.of("sql").problem_finder.reading(sql_index(_STATEMENT, dialect, SHOP), reported)
    assert problem is None or isinstance(problem, Problem)
    if problem is not None:
        assert 0 <= problem.span.start <= problem.span.end <= len(_STATEMENT)
        assert problem.reported.endswith(message)
