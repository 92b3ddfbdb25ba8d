"""The policy of an organisation: a file in a folder that only administrators can write, which no user's setting beats.

The file has the settings of `quickfix-ls.toml`, each of which is fixed by it, with two exceptions: `daily-tokens` and
`monthly-tokens` are the most that a user may allow, and `allowed-providers` lists the models that may be asked. An
entry is a kind of provider, like `ollama`, at its own address or on this machine, or the URL under which a provider's
`baseUrl` must lie. Without the list all are allowed; an empty list allows none.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from quickfix_ls.settings.provider import ProviderSettings, is_loopback
from quickfix_ls.settings.schema import Settings, read

ALLOWED = "allowedProviders"


def policy_file(platform: str = sys.platform, environ: Mapping[str, str] = os.environ) -> str:
    """Return the path of the policy file on a platform."""
    if platform == "win32":
        return str(Path(environ.get("ProgramData", r"C:\ProgramData")) / "quickfix-ls" / "policy.toml")
    if platform == "darwin":
        return "/Library/Application Support/quickfix-ls/policy.toml"
    return "/etc/quickfix-ls/policy.toml"


def held_to(
    policy: object, settings: Settings, origin: str, spelt: Callable[[str], str] = str
) -> tuple[Settings, list[str]]:
    """Return the user's settings under a policy, and the complaints: about the policy itself, and about a provider that
    it does not allow. `spelt` as in `read`.

    A policy that is not a table, or whose list of providers is wrong, allows no provider.
    """
    if not isinstance(policy, Mapping):
        return replace(settings, provider=None), [f"{origin}: it is not a table, so that no model may be asked."]
    given = {spelt(str(key)): value for key, value in policy.items()}
    allowed = given.pop(ALLOWED, None)
    fixed, complaints = read(given, settings, origin)
    if "dailyTokens" in given:
        fixed = replace(fixed, daily_tokens=_lower(settings.daily_tokens, fixed.daily_tokens))
    if "monthlyTokens" in given:
        fixed = replace(fixed, monthly_tokens=_lower(settings.monthly_tokens, fixed.monthly_tokens))
    if allowed is not None and not _is_list(allowed):
        complaints.append(f"{origin}: `{ALLOWED}` must be a list of texts; no model may be asked.")
        allowed = []
    if fixed.provider is not None and allowed is not None and not is_allowed(fixed.provider, allowed):
        listed = ", ".join(allowed) or "none"
        complaints.append(f"{origin}: your organisation does not allow this provider of models. It allows: {listed}.")
        fixed = replace(fixed, provider=None)
    return fixed, complaints


def is_allowed(provider: ProviderSettings, allowed: Sequence[str]) -> bool:
    """Return whether a policy's list of kinds and URLs allows a provider."""
    url = provider.base_url.rstrip("/") + "/"
    if provider.base_url and any(url.startswith(entry.rstrip("/") + "/") for entry in allowed if "://" in entry):
        return True
    return provider.kind in allowed and (not provider.base_url or is_loopback(provider.base_url))


def _lower(one: int | None, other: int | None) -> int | None:
    """Return the lower of two limits, where None is no limit."""
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
