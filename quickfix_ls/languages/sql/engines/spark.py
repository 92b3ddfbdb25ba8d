"""Spark and Databricks: https://spark.apache.org/docs/latest/sql-error-conditions.html. A message begins with its
condition in brackets and has the line and the column of the statement; it lists all candidates, sorted by likeness."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import TYPES, UNKNOWN_TYPE, Engine

_NAME = r"(?P<name>(?:`[^`\n]+`\.?)+)"

ENGINE = Engine(
    dialects=("spark", "databricks", "spark2", "hive"),
    rows=(
        (
            "UnknownColumn",
            rf"\[UNRESOLVED_(?:COLUMN|MAP_KEY|FIELD)[\w.]*\][^\n]*? with name {_NAME} cannot be resolved",
        ),
        ("UnknownColumn", rf"\[UNRESOLVED_USING_COLUMN_FOR_JOIN\] USING column {_NAME}"),
        ("UnknownColumn", r"cannot resolve '(?P<name>[^'\n]+)' given input columns"),
        ("UnknownColumn", r"Column '(?P<name>[^'\n]+)' does not exist\. Did you mean one of the following"),
        ("UnknownTable", rf"\[TABLE_OR_VIEW_NOT_FOUND\][^\n]*? {_NAME} cannot be found"),
        ("UnknownTable", r"Table or view not found: (?P<name>[^\s;]+)"),
        ("UnknownSchema", rf"\[SCHEMA_NOT_FOUND\][^\n]*? {_NAME} cannot be found"),
        ("UnknownFunction", rf"\[UNRESOLV(?:ED|ABLE)_(?:ROUTINE|TABLE_VALUED_FUNCTION)\][^\n`]*{_NAME}"),
        ("UnknownFunction", r"Undefined function: '?(?P<name>[^\s'.]+)"),
        ("AmbiguousColumn", rf"\[AMBIGUOUS_REFERENCE\] Reference {_NAME} is ambiguous"),
        ("GroupBy", r"\[MISSING_AGGREGATION\][^\n]*? expression \"(?P<name>[^\"\n]+)\""),
        ("GroupBy", r"\[MISSING_GROUP_BY\]|\[GROUP_BY_POS_OUT_OF_RANGE\]"),
        ("Aggregate", r"\[INVALID_WHERE_CONDITION\][^\n]* contains invalid expressions: (?P<name>\w+)"),
        ("Aggregate", r"\[(?:WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE|GROUP_BY_AGGREGATE|NESTED_AGGREGATE_FUNCTION)\]"),
        ("Arguments", rf"\[WRONG_NUM_ARGS[\w.]*\] The {_NAME} requires"),
        (TYPES, r"\[(?:DATATYPE_MISMATCH|CAST_INVALID_INPUT|INCOMPATIBLE_COLUMN_TYPE)[\w.]*\]"),
        (UNKNOWN_TYPE, r"\[UNSUPPORTED_DATATYPE\] Unsupported data type \"(?P<name>[^\"\n]+)\""),
        (
            "Columns",
            r"\[(?:NUM_COLUMNS_MISMATCH|INSERT_COLUMN_ARITY_MISMATCH|NUM_TABLE_VALUE_ALIASES_MISMATCH)[\w.]*\]",
        ),
        ("Columns", r"\[INVALID_INLINE_TABLE\.NUM_COLUMNS_MISMATCH\]|\[INVALID_SUBQUERY_EXPRESSION\.SCALAR"),
        ("SyntaxError", r"\[PARSE_\w+\](?: Syntax error at or near '?(?P<near>[^\n]*?)'?(?:[.:]| SQLSTATE|$))?"),
        ("SyntaxError", r"\[UNCLOSED_BRACKETED_COMMENT\]|(?:mismatched|extraneous) input '(?P<near>[^'\n]*)'"),
    ),
    hints=(
        r"Did you mean one of the following\? \[(?P<names>[^\]\n]*)\]",
        r"is ambiguous, could be: \[?(?P<names>[^\]\n]*)\]?\. SQLSTATE",
        r"given input columns: \[(?P<names>[^\]\n]*)\]",
    ),
    positions=(
        r"line (?P<line>\d{1,6}),? pos (?P<column0>\d{1,6})",
        r"== SQL[^\n]*\(line (?P<line>\d{1,6}), position (?P<column>\d{1,6})\)",
    ),
)
