"""Texts of other languages in Python files: the queries in strings, and the cells of scripts that are SQL."""
