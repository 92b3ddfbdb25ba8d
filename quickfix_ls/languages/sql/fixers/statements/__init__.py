"""Fixers for several statements in a row, and for text that is no SQL."""
