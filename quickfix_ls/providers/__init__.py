"""What models' servers speak: one wire format a file, each two pure functions and its servers' profiles.

A format is a module of this package with `PROFILES` (the servers that speak it, by name), `request(endpoint, prompt)`,
which says what to send, and `read(event)`, which says what one server-sent event means. It is found by its place.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol

from quickfix_ls.providers.endpoint import Endpoint, Event, Profile, Request
from quickfix_ls.values import Delta, Prompt

__all__ = ["Endpoint", "Event", "Format", "Profile", "Request", "all_formats", "all_profiles", "format_of"]


class WireFormat(Protocol):
    """A wire format: a module of this package."""

    PROFILES: dict[str, Profile]

    def request(self, endpoint: Endpoint, prompt: Prompt) -> Request:
        """What to send to ask an endpoint; what all prompts of one problem share stands first."""

    def read(self, event: Event) -> Delta | None:
        """What an event of the answer says; None where it says nothing that we need.

        Raises ReplyError for what is not of this format, UnavailableError or RejectedError for an error that the server
        sends in the stream.
        """


@cache
def all_formats() -> dict[str, WireFormat]:
    """Every wire format by the name of its file."""
    modules = {
        found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    }
    return {name: module for name, module in modules.items() if hasattr(module, "PROFILES") and hasattr(module, "read")}


@cache
def all_profiles() -> dict[str, Profile]:
    """Every kind of server that is known, by its name."""
    return {name: profile for one in all_formats().values() for name, profile in sorted(one.PROFILES.items())}


def format_of(endpoint: Endpoint) -> WireFormat:
    """The wire format that an endpoint's kind of server speaks."""
    return next(one for one in all_formats().values() if endpoint.kind in one.PROFILES)
