"""DuckDB: https://duckdb.org/docs/stable/dev/error_handling.html. Messages end with the line at fault and a caret; they
suggest bindings by likeness, the likeliest first."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import CALL, TYPES, UNKNOWN_TYPE, Engine

_NAME = r"\"?(?P<name>[^\"\n]+?)\"?"

ENGINE = Engine(
    dialects=("duckdb",),
    rows=(
        ("UnknownColumn", rf"Referenced (?:update )?column {_NAME} not found in (?:FROM clause|table)"),
        (
            "UnknownColumn",
            rf"(?:Table|Values list) \"(?P<table>[^\"\n]*)\" does not have a column (?:named|with name) {_NAME}(?!\S)",
        ),
        ("UnknownColumn", rf"Column {_NAME} does not exist on (?:left|right) side of join"),
        ("UnknownSchema", r"does not exist because schema \"(?P<name>[^\"\n]+)\" does not exist"),
        ("UnknownSchema", r"(?:Schema with name |Catalog )\"?(?P<name>[^\"\s]+)\"? does not exist!"),
        ("UnknownTable", rf"(?:Table|View) with name {_NAME} does not exist!"),
        ("UnknownAlias", r"Referenced table \"(?P<name>[^\"\n]+)\" not found"),
        ("UnknownFunction", rf"Function with name {_NAME} (?:does not exist|is not in the catalog)"),
        ("AmbiguousColumn", r"Ambiguous reference to column name \"(?P<name>[^\"\n]+)\""),
        ("GroupBy", rf"column {_NAME} must appear in the GROUP BY clause"),
        ("Aggregate", r"\w+ clause cannot contain (?:aggregates|window functions)"),
        ("Aggregate", r"aggregate function calls cannot (?:be nested|contain window function calls)"),
        (CALL, r"No function matches the given name and argument types '(?P<name>[^'(\n]+)\((?P<arguments>[^'\n]*)\)'"),
        (TYPES, r"Cannot (?:compare|mix) values of type|Could not convert string|Conversion Error: "),
        (UNKNOWN_TYPE, rf"Type with name {_NAME} does not exist!"),
        ("Columns", r"Set operations can only apply to expressions with the same number of result columns"),
        ("Columns", r"table \S+ has \d+ columns but \d+ values were supplied|Column name/value mismatch for insert"),
        ("Columns", r"Subquery returns \d+ columns - expected|VALUES lists must all be the same length"),
        ("SyntaxError", r"Parser Error: (?:syntax error at (?:or near \"(?P<near>[^\n]*)\"|end of input))?"),
    ),
    hints=(
        r"Candidate (?:bindings|tables|Entries): ?:? ?(?P<names>[^\n]*)",
        r"Did you mean:? (?P<names>[^\n]*)",
        r"\(use: (?P<names>[^)\n]*)\)",
    ),
)
