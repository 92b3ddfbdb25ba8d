"""Fixers for aggregate functions, sub-selects and the numbers of columns, which an engine refuses."""
