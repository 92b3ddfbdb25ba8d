"""The kinds of model servers: those on this machine first, then those whose tokens are counted."""

from __future__ import annotations

from quickfix_ls.providers import all_profiles
from quickfix_ls.providers.endpoint import Profile


def made() -> str:
    """Return a table of all kinds, with what has to be set for each."""
    rows = ["| `kind` | address | what to set | key | counted by the caps |", "|---|---|---|---|---|"]
    for kind, profile in sorted(all_profiles().items(), key=lambda one: (one[1].metered, one[0])):
        address = f"`{profile.base_url}`" if profile.base_url.startswith("http") else ""
        key = f"`{profile.key_env}`" if profile.key_env else "none"
        rows.append(
            f"| `{kind}` | {address} | {_needed(kind, profile)} | {key} | {'yes' if profile.metered else 'no'} |"
        )
    return "\n".join(rows)


def _needed(kind: str, profile: Profile) -> str:
    """Return the keys that the user must set."""
    if kind == "embedded":
        return "`modelPath`"
    if profile.base_url and not profile.base_url.startswith("http"):
        return "nothing; `model` is the family to ask the editor for"
    needed = [*([] if profile.base_url else ["`baseUrl`"]), *([] if profile.model else ["`model`"])]
    return " and ".join(needed) or f"nothing; `model` is `{profile.model}`"
