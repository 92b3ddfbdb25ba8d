"""Misspelt members, arguments and keys."""
