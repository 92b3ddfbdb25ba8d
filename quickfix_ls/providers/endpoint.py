"""The description of a model's server: its address, its features, and the requests and events exchanged with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

EndpointFeature = Literal["temperature", "schema", "prediction", "caching", "usage"]
"""The features that a server may have, and a model may lack; `settings.provider` describes them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of server: its defaults, and its differences from others with the same format.

    `base_url`, `model` and `key_env` are empty if the user must set them, or if there is no key. `key_header` is
    `Authorization` for a bearer token, else the header that holds the bare key. `schema`, `caching` and `prediction`
    tell how to request these features, and are empty if the server lacks them; `usage` is true if it can count tokens
    in a stream; `output_limit` is the name of its parameter for the maximum of tokens of an answer. `metered` means
    that tokens cost money, so that the spend caps count them. `headers` and `body` are added to every request.
    `transport` is `editor` for models that are asked through the editor, without an address.
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
    transport: Literal["http", "editor"] = "http"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model on a server, as the user configured it; `without` are the features that this model lacks."""

    kind: str
    profile: Profile
    base_url: str
    model: str
    key: str = field(default="", repr=False)
    without: frozenset[str] = frozenset()

    def can(self, feature: EndpointFeature) -> bool:
        """Return whether the model has a feature, given that its kind of server has it."""
        return feature not in self.without

    def headers(self) -> dict[str, str]:
        """Return the headers of every request, including the key's."""
        key = {}
        if self.key:
            header = self.profile.key_header
            key = {header: f"Bearer {self.key}" if header == "Authorization" else self.key}
        return {**self.profile.headers, **key}


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP POST request with a JSON body. The headers hold the key, so they are left out of its `repr`."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any]


class Event(NamedTuple):
    """A server-sent event: its name (`message` if the server gave none) and its data."""

    name: str
    data: str
