"""The gateway to language models: all requests that leave this machine go through it.

`gateway_for` returns the gateway for the user's settings, or None if no provider is configured.
"""

from __future__ import annotations

from quickfix_ls.gateway.gateway import Gateway, gateway_for

__all__ = ["Gateway", "gateway_for"]
