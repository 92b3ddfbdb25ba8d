"""Fixers for tables, columns, aliases and functions that don't exist."""
