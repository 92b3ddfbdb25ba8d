"""Fixers for SQL: punctuation."""
