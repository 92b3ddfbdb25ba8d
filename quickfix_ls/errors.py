"""Every error that a user can meet: each says what happened, to which thing, and what can be done."""

from __future__ import annotations


class QuickfixError(Exception):
    """The base of all; its text is fit to be shown as it is."""


class UsageError(QuickfixError):
    """A command line, a setting or an input that can't be used; exit code 2."""


class ModelError(QuickfixError):
    """A model file that can't be used: missing, damaged, or made for other features."""


class LibraryError(ModelError):
    """A library that runs a model is missing or can't be opened; another model may serve in its place."""
