"""Fixers for SQL: words."""
