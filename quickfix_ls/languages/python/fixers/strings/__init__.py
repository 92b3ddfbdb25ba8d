"""Quotes, prefixes, f-strings and characters that Python does not know."""
