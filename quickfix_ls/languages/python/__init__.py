"""Python: an error-tolerant lexer, the cut into units, and CPython's own compiler as the judge."""
