"""Everything that stands between us and a model: nothing leaves this machine but through here.

`gateway_for` makes the gateway of the user's settings, or None where no provider is configured.
"""

from __future__ import annotations

from quickfix_ls.gateway.gateway import Gateway, gateway_for

__all__ = ["Gateway", "gateway_for"]
