"""BigQuery (GoogleSQL): https://cloud.google.com/bigquery/docs/error-messages. A message ends with the line and the
column, `at [2:10]`, and may suggest one name."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import CALL, TYPES, UNKNOWN_TYPE, Engine

_NAME = r"(?P<name>[`\w][\w.`$-]*)"

ENGINE = Engine(
    dialects=("bigquery",),
    rows=(
        ("UnknownColumn", rf"Unrecognized name: {_NAME}"),
        ("UnknownColumn", rf"Name {_NAME} not found inside (?P<table>[\w`]+)"),
        ("UnknownColumn", rf"Column {_NAME} (?:is not present in table|in USING clause not found)"),
        ("UnknownTable", r"Not found: Table (?:[\w-]+:)?(?P<name>[\w.$-]+)"),
        ("UnknownTable", r"Table(?: name)? \"(?P<name>[^\"\n]+)\" (?:must be qualified|missing dataset)"),
        ("UnknownTable", rf"Table not found: {_NAME}"),
        ("UnknownSchema", r"Not found: Dataset (?:[\w-]+:)?(?P<name>[\w.$-]+)"),
        ("UnknownFunction", rf"Function not found: {_NAME}|Table-valued function not found: "),
        ("AmbiguousColumn", rf"Column name {_NAME} is ambiguous"),
        ("GroupBy", rf"expression references column {_NAME} which is neither grouped nor aggregated"),
        ("GroupBy", rf"expression references {_NAME} which is neither grouped nor aggregated"),
        ("Aggregate", r"Aggregate function (?P<name>\w+) not allowed in"),
        (
            "Aggregate",
            r"Analytic function (?:(?P<name>\w+) )?not allowed in|Aggregations of aggregations are not allowed",
        ),
        (
            CALL,
            r"No matching signature for (?:aggregate )?function (?P<name>\w+)"
            r"(?: for argument types: (?P<arguments>[^\n]*?)\. Supported)?",
        ),
        ("Arguments", r"Number of arguments does not match for (?:aggregate )?function (?P<name>\w+)"),
        (TYPES, r"No matching signature for operator (?P<name>\S+)"),
        (TYPES, r"Could not cast literal |Invalid cast from |Value has type \S+ which cannot be inserted"),
        (UNKNOWN_TYPE, rf"Type not found: {_NAME}"),
        ("Columns", r"Queries in [\w ]+ have mismatched column count|Inserted row has wrong column count"),
        ("SyntaxError", r"Syntax error: (?:Unexpected (?:\w+ )*\"?(?P<near>[^\"\n]*?)\"? \[?at)?"),
    ),
    hints=(r"Did you mean (?P<names>[^\n?]*)\?",),
    positions=(r"at \[?(?P<line>\d{1,6}):(?P<column>\d{1,6})\]",),
)
