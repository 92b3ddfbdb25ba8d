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


class ProviderError(QuickfixError):
    """A model, or its server, that gave no usable answer. None of these texts holds a key."""


class UnavailableError(ProviderError):
    """A server that can't be reached, is overloaded or failed; later it may do. `retry_after` are the seconds that it
    asks to wait, None where it doesn't say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RejectedError(ProviderError):
    """A request that the server refuses: the key, the model's name or a parameter is wrong."""


class ReplyError(ProviderError):
    """An answer that is not what the wire format says: wrong JSON, cut off, or far too long."""


class DeadlineError(ProviderError):
    """An answer that was not complete in its time."""


class WithheldError(ProviderError):
    """Something that was not sent: the file is one that never leaves the machine, or a spend cap is reached."""


class KeyMissingError(ProviderError):
    """No key for a server that wants one, or the command that prints it failed."""
