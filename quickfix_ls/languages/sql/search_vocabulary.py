"""The tokens that the repair search inserts into SQL, and the weights of its steps.

The weights are those of Python's search, whose meaning does not depend on the language; the bits of the token model,
which is SQL's own, are added to them.
"""

from __future__ import annotations

import re

from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.languages.sql.lexis import LEXIS

_SIGNS = (*"(),.=*<>+-;", "<>", "<=", ">=", "!=", "||")
_WORDS = (
    *("AND", "OR", "NOT", "IN", "ON", "AS", "BY", "FROM", "WHERE", "JOIN", "IS", "NULL", "LIKE", "BETWEEN", "THEN"),
    *("END", "ELSE", "WHEN", "SELECT", "GROUP BY", "ORDER BY", "DISTINCT", "VALUES", "SET", "INTO", "UNION"),
)
_LOOKALIKES = {
    sign: group for group in (", . ;", "( [ {", ") ] }", "= == != < > <= >= <>") for sign in group.split(" ")
}

VOCABULARY = Vocabulary(
    lexis=LEXIS,
    signs=_SIGNS,
    words=_WORDS,
    opening_words=("SELECT", "FROM", "WHERE", "AND"),
    far_signs=("(", ")", ","),
    literals=("1", "NULL"),
    prefixes=frozenset({"not", "-", "case", "distinct", "exists"}),
    constants=frozenset({"null", "true", "false", "NULL", "*"}),
    unary=frozenset({"-", "not"}),
    lookalikes=_LOOKALIKES,
    bracket_error=re.compile(r"bracket|unclosed|unmatched"),
    weights=(-3.1, 6.9, -3.2, 1.05, 2.1, 2.0, -5.3, -2.1, -13.6, -2.6, -0.5, -12.0, 5.3, 8.5, -9.1),
)
