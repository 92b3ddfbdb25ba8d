"""Colons, commas, operators and line continuations."""
