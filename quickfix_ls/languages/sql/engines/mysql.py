"""MySQL and MariaDB: https://dev.mysql.com/doc/mysql-errors/en/server-error-reference.html. Only a syntax error has a
position: its line, and the rest of the statement from there."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import UNKNOWN_TYPE, Engine

_NAME = r"'(?P<name>[^'\n]+)'"

ENGINE = Engine(
    dialects=("mysql", "doris", "starrocks", "singlestore"),
    rows=(
        ("UnknownColumn", rf"Unknown column {_NAME} in "),
        ("UnknownTable", rf"Table {_NAME} doesn't exist"),
        ("UnknownTable", r"Unknown table '(?P<name>[^'\n.]+\.[^'\n]+)'"),
        ("UnknownAlias", rf"Unknown table {_NAME}"),
        ("UnknownSchema", rf"Unknown database {_NAME}"),
        ("UnknownFunction", r"(?:FUNCTION|PROCEDURE) (?P<name>[^\s']+) does not exist"),
        ("AmbiguousColumn", rf"Column {_NAME} in [^\n]+ is ambiguous"),
        ("GroupBy", rf"{_NAME} isn't in GROUP BY"),
        ("GroupBy", rf"contains nonaggregated column {_NAME}"),
        ("GroupBy", r"Mixing of GROUP columns .* with no GROUP columns is illegal"),
        ("Aggregate", r"Invalid use of group function|Window function is allowed only in "),
        ("Aggregate", rf"You cannot use the window function {_NAME}"),
        ("Arguments", rf"Incorrect parameter(?:s| count) in the call to (?:native|stored) function {_NAME}"),
        ("Columns", r"The used SELECT statements have a different number of columns"),
        ("Columns", r"Column count doesn't match value count|Operand should contain \d+ column"),
        (UNKNOWN_TYPE, rf"Unknown data type: {_NAME}"),
        ("SyntaxError", r"error in your SQL syntax;[^\n]* near '(?P<near>[\s\S]*?)' at line \d"),
        ("SyntaxError", r"error in your SQL syntax"),
    ),
    positions=(r"' at line (?P<line>\d{1,6})",),
)
