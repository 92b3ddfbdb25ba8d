"""How a dialect writes what other dialects, or people, have a function for."""

from __future__ import annotations

_SQLITE = {
    "year": "CAST(STRFTIME('%Y', {0}) AS INTEGER)",
    "month": "CAST(STRFTIME('%m', {0}) AS INTEGER)",
    "day": "CAST(STRFTIME('%d', {0}) AS INTEGER)",
    "dayofmonth": "CAST(STRFTIME('%d', {0}) AS INTEGER)",
    "hour": "CAST(STRFTIME('%H', {0}) AS INTEGER)",
    "minute": "CAST(STRFTIME('%M', {0}) AS INTEGER)",
    "second": "CAST(STRFTIME('%S', {0}) AS INTEGER)",
    "weekday": "CAST(STRFTIME('%w', {0}) AS INTEGER)",
    "dayofweek": "CAST(STRFTIME('%w', {0}) AS INTEGER)",
    "dayofyear": "CAST(STRFTIME('%j', {0}) AS INTEGER)",
    "curdate": "DATE('now')",
    "getdate": "DATETIME('now')",
    "now": "DATETIME('now')",
    "sysdate": "DATETIME('now')",
    "len": "LENGTH({0})",
    "char_length": "LENGTH({0})",
    "character_length": "LENGTH({0})",
    "left": "SUBSTR({0}, 1, {1})",
    "right": "SUBSTR({0}, -{1})",
    "mid": "SUBSTR({0}, {1}, {2})",
    "ceiling": "CEIL({0})",
    "isnull": "IFNULL({0}, {1})",
    "nvl": "IFNULL({0}, {1})",
    "datediff": "JULIANDAY({0}) - JULIANDAY({1})",
    "if": "CASE WHEN {0} THEN {1} ELSE {2} END",
    "charindex": "INSTR({1}, {0})",
    "locate": "INSTR({1}, {0})",
    "strpos": "INSTR({0}, {1})",
    "date_format": "STRFTIME({1}, {0})",
    "to_char": "STRFTIME({1}, {0})",
    "string_agg": "GROUP_CONCAT({0}, {1})",
    "divide": "({0} / {1})",
    "subtract": "({0} - {1})",
    "add": "({0} + {1})",
    "multiply": "({0} * {1})",
    "pow": "POWER({0}, {1})",
    "ucase": "UPPER({0})",
    "lcase": "LOWER({0})",
    "rand": "RANDOM()",
    "average": "AVG({0})",
    "mean": "AVG({0})",
}
"""SQLite's way to write functions of other dialects (sqlite.org/lang_corefunc.html, lang_datefunc.html); `{0}` is the
first argument."""

IDIOMS = {"sqlite": _SQLITE}
