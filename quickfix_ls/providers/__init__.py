"""The wire formats of models' servers: each is a module with two pure functions and the profiles of its servers.

A format is a module of this package with `PROFILES` (the kinds of servers that use it, by name), `request(endpoint,
prompt)`, which builds a request, and `read(event)`, which parses a server-sent event. All modules of the package are
found automatically.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol

from quickfix_ls.providers.endpoint import Endpoint, Event, Profile, Request
from quickfix_ls.values import Delta, Prompt

__all__ = ["Endpoint", "Event", "Profile", "Request", "WireFormat", "all_formats", "all_profiles", "format_of"]


class WireFormat(Protocol):
    """A wire format: a module of this package."""

    PROFILES: dict[str, Profile]

    def request(self, endpoint: Endpoint, prompt: Prompt) -> Request:
        """Build the request for a prompt; the part that all prompts of one problem share comes first."""

    def read(self, event: Event) -> Delta | None:
        """Parse an event of the answer; return None if it holds nothing of interest.

        Raises ReplyError for an event that violates the format, UnavailableError or RejectedError for an error that the
        server sends in the stream.
        """


@cache
def all_formats() -> dict[str, WireFormat]:
    """Return every wire format, by the name of its module."""
    modules = {
        found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    }
    return {name: module for name, module in modules.items() if hasattr(module, "PROFILES") and hasattr(module, "read")}


@cache
def all_profiles() -> dict[str, Profile]:
    """Return the profile of every kind of server, by its name."""
    formats = all_formats().values()
    return {name: profile for wire_format in formats for name, profile in sorted(wire_format.PROFILES.items())}


def format_of(endpoint: Endpoint) -> WireFormat:
    """Return the wire format of an endpoint's kind of server."""
    return next(wire_format for wire_format in all_formats().values() if endpoint.kind in wire_format.PROFILES)
