"""Misspelled keywords, numbers, names and imports."""
