"""A model's server as data: where it is, what it can do, and what is sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

EndpointFeature = Literal["temperature", "schema", "prediction", "caching", "usage"]
"""What a server can, or one of its models may lack; `settings.provider` says what each means."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of server: its defaults, and the ways in which it differs from others of its format.

    `base_url`, `model` and `key_env` are empty where a user must say them, or where there is no key. `key_header` is
    `Authorization` for a bearer token, else the header that holds the bare key. `schema`, `caching` and `prediction`
    name how the server wants those things, empty where it can't; `output_limit` is its name for the most tokens of an
    answer. `metered` means that tokens cost money, so that the spend caps count them.
    """

    base_url: str = ""
    model: str = ""
    key_env: str = ""
    key_header: str = "Authorization"
    schema: str = ""
    caching: str = ""
    prediction: tuple[str, ...] = ()
    usage: bool = True
    output_limit: str = "max_tokens"
    metered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model on one server, as the user configured it. `without` are features that this model lacks."""

    kind: str
    profile: Profile
    base_url: str
    model: str
    key: str = field(default="", repr=False)
    without: frozenset[str] = frozenset()

    def can(self, feature: EndpointFeature) -> bool:
        """Whether the model can do something that its kind of server can."""
        return feature not in self.without

    def headers(self) -> dict[str, str]:
        """The headers of every request, the key's among them."""
        key = {}
        if self.key:
            header = self.profile.key_header
            key = {header: f"Bearer {self.key}" if header == "Authorization" else self.key}
        return {**self.profile.headers, **key}


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP POST of a JSON body. The headers hold the key, and so are in no `repr`."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any]


class Event(NamedTuple):
    """One server-sent event: its name, `message` where the server gave none, and its data."""

    name: str
    data: str
