"""How a setting's key (`maxOffers`) is written in its places."""

from __future__ import annotations


def kebab(key: str) -> str:
    """As a TOML file may have it: `max-offers`."""
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in key)


def variable(key: str) -> str:
    """The environment variable: `QUICKFIX_LS_MAX_OFFERS`."""
    return "QUICKFIX_LS_" + kebab(key).replace("-", "_").upper()
