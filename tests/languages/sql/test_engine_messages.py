"""What the messages of engines are read as: recorded ones, and some as drivers and tools wrap them."""

from __future__ import annotations

import pytest

from quickfix_ls import languages
from quickfix_ls.languages.sql import engines
from quickfix_ls.languages.sql.message_places import offsets_of
from quickfix_ls.values import Reported, Span
from tests.languages.sql.kit_messages import SHOP, Recorded, problem_of, recorded, sql_index

ENGINES = ("sqlite", "duckdb", "postgres", "mariadb", "mysql", "spark", "snowflake", "bigquery")

_EXPECTED = {
    "column": ("UnknownColumn", "emial", 20),
    "column_of_alias": ("UnknownColumn", "naem", 9),
    "table": ("UnknownTable", "custmers", 14),
    "schema": ("UnknownSchema", "salse", 14),
    "alias": ("UnknownAlias", "cu", 7),
    "alias_unused": ("UnknownAlias", "customers", 7),
    "function": ("UnknownFunction", "uper", 7),
    "ambiguous": ("AmbiguousColumn", "customer_id", 7),
    "group_by": ("GroupBy", "name", 16),
    "no_group_by": ("GroupBy", "country", 7),
    "aggregate_in_where": ("Aggregate", "count", 36),
    "window_in_where": ("Aggregate", "row_number", 27),
    "arguments": ("Arguments", "substr", 7),
    "correlated": ("UnknownColumn", "custmer_id", 96),
    "other_table": ("UnknownColumn", "email", 9),
    "types": ("Types", "+", 38),
    "comparison": ("Types", "=", 42),
    "sum_text": ("Types", "sum", 7),
    "insert_column": ("UnknownColumn", "nmae", 34),
    "update_column": ("UnknownColumn", "prise", 20),
    "clause_alias": ("UnknownColumn", "twice", 46),
    "folded": ("UnknownColumn", "userId", 7),
    "double_quotes": ("UnknownColumn", "Ann", 37),
    "lines": ("UnknownColumn", "contry", 25),
    "order_by": ("UnknownColumn", "contry", 36),
    "using": ("UnknownColumn", "custmer_id", 43),
    "type": ("UnknownType", "integr", 21),
}
"""The code, the name at fault and the offset of each case that is not about syntax or a number of columns."""

_CUSTOMERS = ("UnknownTable", "customers", 20)
_NAME_OF_CUSTOMERS = ("UnknownColumn", "name", 17)
_DIFFERENT = {
    ("sqlite", "schema"): _CUSTOMERS,
    ("postgres", "schema"): _CUSTOMERS,
    ("mariadb", "schema"): _CUSTOMERS,
    ("spark", "schema"): _CUSTOMERS,
    ("sqlite", "alias_unused"): _NAME_OF_CUSTOMERS,
    ("mariadb", "alias_unused"): _NAME_OF_CUSTOMERS,
    ("spark", "alias_unused"): _NAME_OF_CUSTOMERS,
    ("spark", "reserved"): ("UnknownColumn", "order", 7),
    ("spark", "no_group_by"): ("GroupBy", "", 0),
    ("spark", "window_in_where"): ("Aggregate", "", 0),
    ("spark", "types"): ("Types", "", 27),
    ("mariadb", "no_group_by"): ("GroupBy", "", 0),
    ("mariadb", "window_in_where"): ("Aggregate", "", 0),
}
"""What engines see otherwise or without telling a name, as far as our own analysis does not know better."""

_SYNTAX = {"unterminated": 37, "keyword": 0, "from": 17, "comma": 12, "end": 32, "bracket": 15, "reserved": 7}
"""The offset at which our reading of the statement breaks off."""
_IS_SYNTAX_ELSEWHERE = {("mariadb", "arguments")}
_COLUMNS = ("union", "insert_values")

_HINTS = {
    "duckdb": {
        "column": ("email", "created_at"),
        "column_of_alias": ("name", "email"),
        "table": ("customers",),
        "alias": ("c",),
        "alias_unused": ("c",),
        "function": ("upper",),
        "ambiguous": ("customers.customer_id", "orders.customer_id"),
        "correlated": ("customer_id",),
        "other_table": ("total",),
        "insert_column": ("name", "category"),
        "update_column": ("price",),
        "double_quotes": ("name",),
        "lines": ("country",),
        "order_by": ("country", "customer_id"),
        "type": ("integer",),
    },
    "postgres": {
        "column": ("email",),
        "column_of_alias": ("name",),
        "alias_unused": ("c",),
        "correlated": ("customer_id",),
        "other_table": ("c.email",),
        "clause_alias": ("price",),
        "folded": ("userId",),
        "lines": ("country",),
        "order_by": ("country",),
    },
    "spark": {
        "column": ("email", "name", "country", "created_at", "customer_id"),
        "column_of_alias": ("name", "email", "country", "created_at", "customer_id"),
        "alias": ("c",),
        "alias_unused": ("customer_id", "c.name", "created_at", "email", "country"),
        "ambiguous": ("customers.customer_id", "orders.customer_id"),
        "reserved": ("order_id", "total", "order_date", "status", "customer_id"),
        "correlated": ("customer_id", "order_id", "status", "total", "order_date"),
        "other_table": ("c.email", "name", "total", "status", "order_id"),
        "insert_column": ("product_id", "name", "category", "price"),
        "update_column": ("price", "name", "category", "product_id"),
        "clause_alias": ("price", "name", "category", "product_id"),
        "lines": ("country", "name", "email", "created_at", "customer_id"),
        "order_by": ("name",),
    },
    "bigquery": {
        "column": ("email",),
        "alias": ("c",),
        "function": ("upper",),
        "update_column": ("price",),
        "order_by": ("country",),
    },
}
"""The hints of the engines that give any, all of them and in their order."""

_MEANINGS = [message for tool in ENGINES for message in recorded(tool) if message.case not in _COLUMNS]
_NAMED = [
    message
    for message in _MEANINGS
    if (message.tool, message.case) in _DIFFERENT
    or (message.case not in _SYNTAX and (message.tool, message.case) not in _IS_SYNTAX_ELSEWHERE)
]
_ABOVE = "SELECT 1;\n\n-- emial, cu and custmers\nSELECT 2;\n\n"


def _id(message: Recorded) -> str:
    return f"{message.tool}-{message.case}"


@pytest.mark.parametrize("message", _NAMED, ids=_id)
@pytest.mark.parametrize("above", ["", _ABOVE], ids=["alone", "below other statements"])
def test_a_recorded_message_is_read(message: Recorded, above: str) -> None:
    expected = _DIFFERENT.get((message.tool, message.case)) or _EXPECTED[message.case]
    problem = problem_of(message, above=above)
    assert problem is not None
    start, end = problem.span.start - len(above), problem.span.end - len(above)
    own = _EXPECTED.get(message.case) if problem.origin == "analysis" else None
    assert (problem.code, problem.name, start) == (own or expected)
    assert problem.name in ("", message.statement[start:end].strip('"'))
    assert problem.hints == _HINTS.get(message.tool, {}).get(message.case, ())


@pytest.mark.parametrize("tool", ENGINES)
def test_every_engine_has_messages_of_every_sort(tool: str) -> None:
    cases = {message.case for message in recorded(tool)}
    assert len(cases) >= 20
    assert {"column", "table", "alias", "function", "ambiguous", "keyword", "union", "insert_values"} <= cases


@pytest.mark.parametrize(
    "message", [message for tool in ENGINES for message in recorded(tool) if message.case in _COLUMNS], ids=_id
)
def test_a_wrong_number_of_columns(message: Recorded) -> None:
    problem = problem_of(message)
    assert problem is not None
    assert (problem.code, problem.name) == ("Columns", "")


_SYNTAX_MESSAGES = [message for message in _MEANINGS if message.case in _SYNTAX and message not in _NAMED]


@pytest.mark.parametrize("message", _SYNTAX_MESSAGES, ids=_id)
def test_a_syntax_error_is_that_of_our_own_parser(message: Recorded) -> None:
    problem = problem_of(message)
    found = engines.read(message.message, message.dialect)
    assert found is not None
    assert found.code == "SyntaxError"
    own = sql_index(message.statement, message.dialect).unit_fault(0)
    assert (problem and problem.span) == (own and own.span)
    if message.case in ("unterminated", "from", "end", "bracket"):
        assert problem is not None


@pytest.mark.parametrize(
    "message",
    [message for message in _SYNTAX_MESSAGES if message.tool in ("duckdb", "postgres", "spark", "bigquery")],
    ids=_id,
)
def test_the_position_of_a_syntax_error(message: Recorded) -> None:
    found = engines.read(message.message, message.dialect)
    assert found is not None
    statement = message.statement
    offset = next(offsets_of(statement, Span(0, len(statement)), found.position))
    # Engines stop at the word that they can't take, or at the one behind it.
    assert 0 <= offset - _SYNTAX[message.case] <= 6 or message.case == "end"
    if found.near and found.near in statement:
        assert statement.startswith(found.near, offset)


@pytest.mark.parametrize(
    "message",
    [message for message in _NAMED if message.case in ("column", "column_of_alias", "table", "alias", "correlated")],
    ids=_id,
)
def test_with_a_schema_it_is_the_problem_that_our_analysis_finds(message: Recorded) -> None:
    problem = problem_of(message, SHOP)
    assert problem is not None
    assert problem.origin == "analysis"
    assert problem.reported == message.message
    assert (problem.code, problem.name, problem.span.start) == _EXPECTED[message.case]
    assert problem.hints == _HINTS.get(message.tool, {}).get(message.case, ())


@pytest.mark.parametrize("tool", ["sqlite", "spark", "mariadb"])
def test_with_a_schema_a_wrong_alias_is_told_from_a_wrong_column(tool: str) -> None:
    message = next(message for message in recorded(tool) if message.case == "alias_unused")
    problem = problem_of(message, SHOP)
    assert problem is not None
    assert (problem.code, problem.name) == ("UnknownAlias", "customers")
    assert problem.hints == (("c",) if tool == "spark" else ())


@pytest.mark.parametrize("tool", ["sqlite", "postgres", "mariadb", "spark"])
def test_with_a_schema_a_wrong_namespace_is_told_from_a_wrong_table(tool: str) -> None:
    message = next(message for message in recorded(tool) if message.case == "schema")
    problem = problem_of(message, SHOP)
    assert problem is not None
    assert (problem.code, problem.name, problem.span) == ("UnknownSchema", "salse", Span(14, 19))


def _read(text: str, message: str, dialect: str = "", at: Span | None = None) -> tuple[str, str, int, tuple[str, ...]]:
    span = at or Span(0, len(text))
    problem = languages.of("sql").problem_finder.reading(sql_index(text, dialect), Reported(message, span))
    assert problem is not None
    return problem.code, problem.name, problem.span.start, problem.hints


_TWICE = "SELECT totl\nFROM orders\nWHERE totl > 1"


@pytest.mark.parametrize(
    ("text", "message", "start"),
    [
        (_TWICE, 'column "totl" does not exist\nLINE 3: WHERE totl > 1\n              ^', 30),
        (_TWICE, 'column "totl" does not exist\n  LINE 3: WHERE totl > 1\n                ^', 30),
        (_TWICE, 'ERROR: column "totl" does not exist\n  Position: 31', 30),
        (_TWICE, "Unrecognized name: totl at [3:7]", 30),
        (_TWICE, "[UNRESOLVED_COLUMN] A column with name `totl` cannot be resolved. line 3 pos 6", 30),
        (_TWICE, "SQL compilation error: error line 3 at position 6\ninvalid identifier 'TOTL'", 30),
        (f"SELECT 1;\n\n{_TWICE}", 'column "totl" does not exist\nLINE 5: WHERE totl > 1\n              ^', 41),
        (f"-- all\n{_TWICE}", 'column "totl" does not exist\nLINE 3: WHERE totl > 1\n              ^', 37),
        (_TWICE, "Unknown column 'totl' in 'field list'", 7),
    ],
)
def test_of_two_places_the_position_decides(text: str, message: str, start: int) -> None:
    at = text.index("totl")
    assert _read(text, message, at=Span(at, at + 1)) == ("UnknownColumn", "totl", start, ())


def test_a_position_where_the_name_does_not_stand_is_not_believed() -> None:
    assert _read("SELECT totl FROM orders", "Unrecognized name: totl at [7:3]")[2] == 7
    assert _read("SELECT totl FROM orders", "Unrecognized name: totl at [1:1]")[2] == 7


@pytest.mark.parametrize(
    ("text", "message", "expected"),
    [
        (
            "SELECT naem FROM customers",
            "(sqlite3.OperationalError) no such column: naem\n[SQL: SELECT naem FROM customers]",
            ("UnknownColumn", "naem", 7, ()),
        ),
        ("SELECT naem FROM t", "Error: in prepare, no such column: naem (1)", ("UnknownColumn", "naem", 7, ())),
        (
            'SELECT "naem" FROM t',
            'no such column: "naem" - should this be a string literal in single-quotes?',
            ("UnknownColumn", "naem", 7, ()),
        ),
        (
            "SELECT naem FROM t",
            "(1054, \"Unknown column 'naem' in 'field list'\")",
            ("UnknownColumn", "naem", 7, ()),
        ),
        (
            "SELECT c.emial FROM customers c",
            'Binder Error: Table "c" does not have a column named "emial"\nCandidate bindings: "c.email"',
            ("UnknownColumn", "emial", 9, ("email",)),
        ),
        (
            "SELECT order_id FROM customers c, LATERAL (SELECT 1) x",
            'column "order_id" does not exist\nDETAIL:  There is a column named "order_id" in table "o", but it '
            "cannot be referenced from this part of the query.",
            ("UnknownColumn", "order_id", 7, ("o.order_id",)),
        ),
        (
            "SELECT x.id FROM a, b",
            'column x.id does not exist\nHINT:  Perhaps you meant to reference the column "a.idx" or the column '
            '"b.ids".',
            ("UnknownAlias", "x", 7, ("a", "b")),
        ),
        (
            "SELECT naem FROM t",
            "cannot resolve 'naem' given input columns: [name, id]; line 1 pos 7",
            ("UnknownColumn", "naem", 7, ("name", "id")),
        ),
        ("SELECT * FROM tt", "Table or view not found: tt; line 1 pos 14", ("UnknownTable", "tt", 14, ())),
        ("SELECT 1 FROM `p.d.tt`", "Not found: Table p:d.tt was not found", ("UnknownTable", "p.d.tt", 14, ())),
    ],
)
def test_messages_as_drivers_and_older_versions_have_them(
    text: str, message: str, expected: tuple[str, str, int, tuple[str, ...]]
) -> None:
    assert _read(text, message) == expected


@pytest.mark.parametrize(
    "message",
    ["", "no such column: emial", 'column "emial" does not exist', "connection refused", "Unknown table 'x' in MULTI"],
)
def test_a_message_about_nothing_in_the_statement_is_no_problem(message: str) -> None:
    index = sql_index("SELECT email FROM customers", "sqlite")
    assert languages.of("sql").problem_finder.reading(index, Reported(message, Span(0, 6))) is None
