"""The errors that are shown to users: each message says what happened, to which thing, and what can be done."""

from __future__ import annotations


class QuickfixError(Exception):
    """The base class; its message can be shown to the user as it is."""


class UsageError(QuickfixError):
    """A command line, a setting or an input can't be used; exit code 2."""


class SchemaError(UsageError):
    """A database's schema can't be read, or the database can't be reached. No message of these holds a password."""


class ModelError(QuickfixError):
    """A model file can't be used: it is missing, damaged, or made for other features."""


class LibraryError(ModelError):
    """A library that runs a model is missing or can't be opened; another model may serve in its place."""


class ProviderError(QuickfixError):
    """A language model, or its server, gave no usable answer. No message of these errors holds an API key."""


class UnavailableError(ProviderError):
    """A server can't be reached, is overloaded or failed; a later attempt may succeed.

    `retry_after` is the number of seconds that the server asks to wait, None if it states none.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RejectedError(ProviderError):
    """The server refused a request: the key, the model's name or a parameter is wrong."""


class ReplyError(ProviderError):
    """An answer violates the wire format: invalid JSON, cut off, or far too long."""


class DeadlineError(ProviderError):
    """An answer was not complete before its deadline."""


class WithheldError(ProviderError):
    """A request was not sent: its file must never leave the machine, or a spend cap is reached."""


class KeyMissingError(ProviderError):
    """There is no key for a server that requires one, or the command that prints it failed."""
