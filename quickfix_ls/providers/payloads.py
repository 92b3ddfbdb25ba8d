"""Functions that the wire formats share: read untrusted JSON, and the errors that servers send in a stream."""

from __future__ import annotations

import json
from typing import Any

from quickfix_ls.errors import ProviderError, RejectedError, ReplyError, UnavailableError

_MAX_SHOWN = 200
_PASSING = ("overloaded", "rate_limit", "server_error", "api_error", "timeout", "unavailable")
"""Substrings of the types of temporary errors."""


def json_object(data: str) -> dict[str, Any]:
    """Parse a JSON object. Raises ReplyError if the string is not one."""
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise ReplyError(f"the model's server sent something that is no JSON object: {shortened(data)!r}")
    return payload


def failed(error: object) -> ProviderError:
    """Return the exception for an error that a server reports: `{"type": ..., "message": ...}`, or a string."""
    known = error if isinstance(error, dict) else {}
    kind = " ".join(str(known.get(key) or "") for key in ("type", "code"))
    message = shortened(str(known.get("message") or error))
    report = f"the model's server reports an error: {kind.strip()} {message}".replace("  ", " ")
    code = number(known.get("code"))
    if any(word in kind.lower() for word in _PASSING) or code == 429 or code >= 500:
        return UnavailableError(report)
    return RejectedError(report)


def text(value: object) -> str:
    """Return the value if it is a string, else an empty string."""
    return value if isinstance(value, str) else ""


def number(value: object) -> int:
    """Return the value if it is a positive integer, else 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def shortened(text: str) -> str:
    """Return a server's text, cut to a length that fits into a message."""
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
