"""The setting `provider`: the language model to ask, and how to reach it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """The model to ask. For empty values the defaults of the kind of server apply (`providers`).

    `api_key_env` is the name of the environment variable that holds the key (None: the kind's own variable);
    `api_key_command` is a program with its arguments that prints the key (empty: none). `model_path` is the GGUF file
    of the embedded server, which is stopped after `idle_seconds` without a request. `without` names the features that
    the model lacks; `hedge_seconds` is the time without a first piece after which a second request is sent (0: never);
    `concurrency` is the number of requests under way at once.
    """

    kind: str
    base_url: str = ""
    model: str = ""
    api_key_env: str | None = None
    api_key_command: Command = ()
    model_path: str = ""
    idle_seconds: float = 300.0
    hedge_seconds: float = 0.0
    concurrency: int = 8
    without: tuple[str, ...] = ()


LOCAL_KINDS = frozenset({"ollama", "lmstudio", "llamacpp", "vllm"})
"""Kinds of servers that run on this machine unless `baseUrl` says otherwise."""

FEATURES = ("temperature", "schema", "prediction", "caching", "usage")
"""The features that a model may lack: it accepts no temperature, enforces no JSON Schema, accepts no predicted output,
accepts no caching parameter, reports no token counts in a stream."""

_KEYS = {
    "kind": "kind",
    "baseUrl": "base_url",
    "model": "model",
    "apiKeyEnv": "api_key_env",
    "apiKeyCommand": "api_key_command",
    "modelPath": "model_path",
    "idleSeconds": "idle_seconds",
    "hedgeSeconds": "hedge_seconds",
    "concurrency": "concurrency",
    "without": "without",
}
_NUMBERS = {"idleSeconds": (1, 86_400), "hedgeSeconds": (0, 600), "concurrency": (1, 64)}
_LISTS = frozenset({"apiKeyCommand", "without"})

SCHEMA: dict[str, Any] = {
    "type": ["string", "object", "null"],
    "properties": {
        key: {"type": "array", "items": {"type": "string"}}
        if key in _LISTS
        else {"type": "number", "minimum": _NUMBERS[key][0], "maximum": _NUMBERS[key][1]}
        if key in _NUMBERS
        else {"type": "string"}
        for key in _KEYS
    },
    "required": ["kind"],
    "additionalProperties": False,
}


def mismatch(value: object) -> str:
    """Return a description of the valid values if `value` is invalid, else an empty string."""
    if value is None or (isinstance(value, str) and value):
        return ""
    if not isinstance(value, Mapping) or not (isinstance(value.get("kind"), str) and value["kind"]):
        return "null, the name of a kind of provider, or an object with a `kind`"
    for key, inner in value.items():
        if wrong := _wrong(key, inner):
            return wrong
    return ""


def structured(value: Any) -> ProviderSettings | None:
    """Convert a valid value of the setting; return None for null."""
    if value is None:
        return None
    given = {"kind": value} if isinstance(value, str) else value
    frozen: dict[str, Any] = {
        _KEYS[key]: tuple(inner) if isinstance(inner, list) else inner for key, inner in given.items()
    }
    return ProviderSettings(**frozen)


def is_loopback(url: str) -> bool:
    """Return whether an HTTP URL's host is this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _wrong(key: object, value: object) -> str:
    if key not in _KEYS:
        return f"an object with no other keys than {', '.join(_KEYS)}"
    if key in _LISTS:
        right = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if right and key == "without" and not set(value).issubset(FEATURES):  # type: ignore[call-overload]
            return f"an object whose `without` has only words from {', '.join(FEATURES)}"
        return "" if right else f"an object whose `{key}` is a list of texts"
    if key in _NUMBERS:
        low, high = _NUMBERS[str(key)]
        kind = int if key == "concurrency" else (int, float)
        right = isinstance(value, kind) and not isinstance(value, bool) and low <= value <= high
        return "" if right else f"an object whose `{key}` is a number from {low} to {high}"
    if key == "baseUrl" and isinstance(value, str) and value:
        return "" if _is_url(value) else "an object whose `baseUrl` begins with http:// or https:// and holds no key"
    return "" if isinstance(value, str) else f"an object whose `{key}` is a text"


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.username or parts.query)
    except ValueError:
        return False
