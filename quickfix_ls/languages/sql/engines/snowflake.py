"""Snowflake: https://docs.snowflake.com/en/sql-reference/error-codes. A message has the line, and the column from 0.
Names are folded to upper case unless they are quoted, and none is suggested."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import TYPES, UNKNOWN_TYPE, Engine

_NAME = r"'(?P<name>[^'\n]+)'"

ENGINE = Engine(
    dialects=("snowflake",),
    rows=(
        ("UnknownColumn", rf"invalid identifier {_NAME}"),
        ("UnknownTable", rf"(?:Object|Table|View) {_NAME} does not exist"),
        ("UnknownSchema", rf"(?:Schema|Database) {_NAME} does not exist"),
        ("UnknownFunction", r"[Uu]nknown (?:user-defined )?(?:table )?function '?(?P<name>[\w.$\"]+)"),
        ("AmbiguousColumn", rf"ambiguous column name {_NAME}"),
        ("GroupBy", rf"{_NAME} in select clause is neither an aggregate nor in the group by clause"),
        ("GroupBy", r"\[(?P<name>[^\]\n]+)\] is not a valid group by expression"),
        ("Aggregate", r"Invalid aggregate function in [\w ]+ clause \[(?P<name>\w+)"),
        ("Aggregate", r"Window function \[(?P<name>\w+)[^\n]*\] (?:appears outside|may not)"),
        ("Arguments", r"(?:too many|not enough|too few) arguments for function \[?(?P<name>\w+)"),
        (TYPES, r"Invalid argument types for function '(?P<name>[^'\n]+)'"),
        (TYPES, r"[Cc]an ?not (?:convert parameter|cast|coerce)|Numeric value '[^'\n]*' is not recognized"),
        (UNKNOWN_TYPE, rf"Unsupported data type {_NAME}"),
        ("Columns", r"invalid number of result columns for set operator input branches"),
        ("Columns", r"Insert value list does not match column list"),
        ("SyntaxError", r"(?:syntax|parse) error line \d+ at position \d+ (?:unexpected|near) '(?P<near>[^\n]*?)'"),
        ("SyntaxError", r"(?:syntax|parse) error\b"),
    ),
    positions=(r"(?:error )?line (?P<line>\d{1,6}) at position (?P<column0>\d{1,6})",),
)
