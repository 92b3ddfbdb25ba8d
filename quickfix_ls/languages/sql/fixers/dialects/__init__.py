"""Fixers that write the habits of another SQL dialect in that of the file."""
