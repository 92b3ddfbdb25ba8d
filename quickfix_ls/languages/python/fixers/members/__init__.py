"""Misspelled attributes, keyword arguments and dictionary keys."""
