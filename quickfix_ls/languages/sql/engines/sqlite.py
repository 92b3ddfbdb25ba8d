"""SQLite: https://sqlite.org/rescode.html#error; the messages are those of its parser. They carry no position."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import Engine

_NAME = r"(?P<name>[^\n]+?)(?= - should this be |[ ]\(\d+\)(?:\n|$)|[ ]*(?:\n|$))"

ENGINE = Engine(
    dialects=("sqlite",),
    rows=(
        ("UnknownColumn", rf"no such column: {_NAME}"),
        ("UnknownColumn", rf"table (?P<table>\S+) has no column named {_NAME}"),
        ("UnknownColumn", r"cannot join using column (?P<name>[^\n]+?) - column not present in both tables"),
        ("UnknownTable", rf"no such (?:table|view): {_NAME}"),
        ("UnknownSchema", rf"unknown database:? {_NAME}"),
        ("UnknownFunction", rf"no such (?:function|table-valued function): {_NAME}"),
        ("AmbiguousColumn", rf"ambiguous column name: {_NAME}"),
        ("Aggregate", r"misuse of (?:aliased )?(?:aggregate|window function)(?: function)?:? (?P<name>\w+)"),
        ("GroupBy", r"a GROUP BY clause is required before HAVING|HAVING clause on a non-aggregate query"),
        ("GroupBy", r"aggregate functions are not allowed in the GROUP BY clause"),
        ("Arguments", r"wrong number of arguments to function (?P<name>\w+)"),
        ("Columns", r"SELECTs to the left and right of \w[\w ]* do not have the same number of result columns"),
        ("Columns", r"table \S+ has \d+ columns but \d+ values were supplied|\b\d+ values for \d+ columns"),
        ("Columns", r"sub-select returns \d+ columns - expected|all VALUES must have the same number of terms"),
        ("SyntaxError", r"near \"(?P<near>[^\n]*)\": syntax error"),
        ("SyntaxError", r"unrecognized token: \"(?P<near>[^\n]*)\"|incomplete input"),
    ),
)
