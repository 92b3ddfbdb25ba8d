"""Fixers for strings and their quotes."""
