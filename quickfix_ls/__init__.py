"""The right fix for an error, one key away: a language server and a command line."""

__version__ = "0.1.0"
