"""Quotes, string prefixes, f-strings and non-ASCII characters in code."""
