"""Syntax and names that only Python 2 has."""
