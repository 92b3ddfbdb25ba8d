"""The tokens that the repair search inserts into Python, and the weights of its steps.

The weights are those of a logistic regression over the steps of broken code whose human fix is a single token.
"""

from __future__ import annotations

import re

from quickfix_ls.candidates.search.vocabulary import Vocabulary
from quickfix_ls.languages.python.lexis import LEXIS

_SIGNS = (*"()[]{}:,.=+-*/%<>;", "==", "!=", "**")
_WORDS = ("in", "not", "and", "or", "is", "if", "else", "for", "as", "import", "from", "return", "lambda")
_OPENING_WORDS = (
    *("if", "elif", "while", "for", "with", "try", "except"),
    *("def", "class", "import", "from", "return", "del", "raise"),
)
_LOOKALIKES = {
    sign: group
    for group in (", . : ;", "( [ {", ") ] }", "= == != < >", "+ - * / % **", "in for is as if", "and or not")
    for sign in group.split(" ")
}

VOCABULARY = Vocabulary(
    lexis=LEXIS,
    signs=_SIGNS,
    words=_WORDS,
    opening_words=_OPENING_WORDS,
    far_signs=("(", ")", "[", "]", "{", "}", ",", ":"),
    literals=("0", "1", "None"),
    prefixes=frozenset({"not", "-", "~", "lambda", "await"}),
    constants=frozenset({"None", "True", "False", "..."}),
    unary=frozenset({"-", "not"}),
    lookalikes=_LOOKALIKES,
    bracket_error=re.compile(r"never closed|unmatched|does not match"),
    weights=(-3.1, 6.9, -3.2, 1.05, 2.1, 2.0, -5.3, -2.1, -13.6, -2.6, -0.5, -12.0, 5.3, 8.5, -9.1),
)
