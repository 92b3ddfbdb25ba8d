"""Checks that a change of Python must pass, in addition to those of every language; one check a file."""
