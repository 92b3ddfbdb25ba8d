"""The fixers of Python."""
