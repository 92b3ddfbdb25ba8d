"""What the wire formats' readers share: JSON that may be anything, and the errors that servers send in a stream."""

from __future__ import annotations

import json
from typing import Any

from quickfix_ls.errors import ProviderError, RejectedError, ReplyError, UnavailableError

_LONGEST_SHOWN = 200
_PASSING = ("overloaded", "rate_limit", "server_error", "api_error", "timeout", "unavailable")
"""What is in the types of errors that go away by themselves."""


def json_object(data: str) -> dict[str, Any]:
    """The JSON object in a text. Raises ReplyError where there is none."""
    try:
        payload = json.loads(data)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise ReplyError(f"the model's server sent something that is no JSON object: {shortened(data)!r}")
    return payload


def failed(error: object) -> ProviderError:
    """The error that a server reports in its payload: `{"type": ..., "message": ...}`, or a text."""
    known = error if isinstance(error, dict) else {}
    kind = " ".join(str(known.get(key) or "") for key in ("type", "code"))
    message = shortened(str(known.get("message") or error))
    said = f"the model's server reports an error: {kind.strip()} {message}".replace("  ", " ")
    code = number(known.get("code"))
    if any(word in kind.lower() for word in _PASSING) or code == 429 or code >= 500:
        return UnavailableError(said)
    return RejectedError(said)


def text(value: object) -> str:
    """The value where it is a text, else none."""
    return value if isinstance(value, str) else ""


def number(value: object) -> int:
    """The value where it is a whole number that counts something, else 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def shortened(said: str) -> str:
    """A server's words, in a length that fits a message."""
    return said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN]}..."
