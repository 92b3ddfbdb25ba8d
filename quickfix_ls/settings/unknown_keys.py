"""Keys of the settings section that are no settings of the server: those of editors' extensions, and misspelt ones."""

from __future__ import annotations

from collections.abc import Iterable

OF_CLIENTS = frozenset(
    {
        "args",
        "enable",
        "importStrategy",
        "interpreter",
        "languageModel",
        "path",
        "policyFile",
        "showNotifications",
        "trace",
    }
)
"""Keys that an editor's extension reads itself: how to start and trace the server. The editor sends the whole section,
so they arrive here too."""

_SIMILAR = 0.7
"""The least similarity (`difflib`, 0 to 1) of a setting that may be meant."""


def complaint(key: str, name: str, known: Iterable[str], origin: str) -> str:
    """Return what to tell the user about an unknown key, with the setting that may be meant.

    `key` is as the source writes it, `name` the same in camelCase; `known` are the names of the settings.
    """
    import difflib  # here: most settings have no unknown key

    by_lower = {setting.lower(): setting for setting in known}
    similar = difflib.get_close_matches(name.lower(), by_lower, 1, _SIMILAR)
    meant = f"; did you mean `{by_lower[similar[0]]}`?" if similar else "."
    return f"{origin}: there is no setting `{key}`{meant}"
