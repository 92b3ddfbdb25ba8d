"""PostgreSQL, and engines that are made from it: https://www.postgresql.org/docs/current/protocol-error-fields.html. A
message ends with the line at fault, a caret and sometimes a hint, which may name a column of another table."""

from __future__ import annotations

from quickfix_ls.languages.sql.engines.message import CALL, TYPES, UNKNOWN_TYPE, Engine

ENGINE = Engine(
    dialects=("postgres", "redshift", "materialize", "risingwave"),
    rows=(
        (
            "UnknownColumn",
            r"column (?P<name>[^\n]+?) (?:of relation \"(?P<table>[^\"\n]*)\" |specified in USING clause )?"
            r"does not exist",
        ),
        ("UnknownTable", r"relation \"(?P<name>[^\"\n]+)\" does not exist"),
        ("UnknownSchema", r"(?:schema|database) \"(?P<name>[^\"\n]+)\" does not exist"),
        ("UnknownAlias", r"(?:missing|invalid reference to) FROM-clause entry for table \"(?P<name>[^\"\n]+)\""),
        ("AmbiguousColumn", r"column reference \"(?P<name>[^\"\n]+)\" is ambiguous"),
        ("GroupBy", r"column \"(?P<name>[^\"\n]+)\" must appear in the GROUP BY clause"),
        ("GroupBy", r"subquery uses ungrouped column \"(?P<name>[^\"\n]+)\" from outer query"),
        ("Aggregate", r"(?:aggregate|window) functions? (?:calls )?(?:are not allowed|cannot)"),
        ("Aggregate", r"window function (?P<name>\w+) requires an OVER clause"),
        (CALL, r"function (?P<name>[^\s(]+)\((?P<arguments>[^\n]*)\) (?:does not exist|is not unique)"),
        (TYPES, r"operator does not exist: (?:[^\n]*? )?(?P<name>[-+*/<>=~!@#%^&|`?]+) "),
        (TYPES, r"column \"(?P<name>[^\"\n]+)\" is of type [^\n]+ but expression is of type "),
        (TYPES, r"invalid input syntax for type |argument of [A-Z ]+ must be type |\btypes .+ cannot be matched"),
        (UNKNOWN_TYPE, r"type \"(?P<name>[^\"\n]+)\" does not exist"),
        ("Columns", r"each \w+ query must have the same number of columns|VALUES lists must all be the same length"),
        (
            "Columns",
            r"INSERT has more (?:expressions|target columns) than|subquery (?:must return only one|has too \w+) column",
        ),
        ("SyntaxError", r"syntax error at (?:or near \"(?P<near>[^\n]*)\"|end of input)"),
        (
            "SyntaxError",
            r"unterminated [^\n]*? at or near \"(?P<near>[^\n]*)\"|trailing junk after |zero-length delimited",
        ),
    ),
    hints=(
        r"Perhaps you meant to reference the (?:column|table alias) (?P<names>[^\n]*)",
        r"There is a column named (?P<names>\"[^\"\n]+\") in table \"(?P<table>[^\"\n]+)\"",
        r"There is an entry for table (?P<names>\"[^\"\n]+\")",
    ),
    positions=(r"(?m)(?:^\s*Position: |at character )(?P<offset>\d{1,7})\s*$",),
)
