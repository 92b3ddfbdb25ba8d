"""Limit the settings that a project's own files may set.

A user who opens a folder has not read its configuration. So a project's files can't send or spend more than the
defaults allow, whatever else the user has configured: they may name a server on this machine, without a key, make
limits stricter, and point to a file of their own. They can't have programs started either. Only the user can set more:
in the editor's settings, the environment, or on the command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quickfix_ls.settings.databases import file_of
from quickfix_ls.settings.provider import LOCAL_KINDS, is_loopback, mismatch
from quickfix_ls.settings.schema import Settings

_OF_THE_USER = ("apiKeyEnv", "apiKeyCommand", "modelPath")
_CAPS = {"dailyTokens": Settings().daily_tokens or 0, "monthlyTokens": Settings().monthly_tokens or 0}


def restrained(raw: object, origin: str, folder: str, spelt: Callable[[str], str]) -> tuple[object, list[str]]:
    """Return a project's settings without those that it must not set, and a complaint for each of these.

    `folder` is the project's, against which paths are already resolved; `spelt` converts a key to the setting's name.
    Values of the wrong type are left unchanged; `read` reports them.
    """
    if not isinstance(raw, Mapping):
        return raw, []
    kept, complaints = {}, []
    for key, value in raw.items():
        value, reason = _restrained(spelt(str(key)), value, folder)
        if reason:
            complaints.append(
                f"{origin}: `{key}` is left out: {reason}. Set it in your editor or in the environment, if you want it."
            )
        else:
            kept[key] = value
    return kept, complaints


def _restrained(key: str, value: object, folder: str) -> tuple[object, str]:
    if key == "provider":
        return _local(value)
    if key in _CAPS and (value is None or (isinstance(value, int) and value > _CAPS[key])):
        return None, f"a project can't allow more than {_CAPS[key]} tokens"
    if key == "sendGitIgnored" and value is True:
        return None, "a project can't send what git ignores"
    if key == "checkers" and isinstance(value, list) and value:
        return None, "a project can't have programs started"
    if key == "schemaFile" and isinstance(value, str) and not _is_inside(value, folder):
        return None, "a project can only name a file of its own"
    if key == "databases" and isinstance(value, Mapping) and not _are_own_files(value.values(), folder):
        return None, "a project can only name files of its own"
    if key == "explain" and value is True:
        return None, "a project can't have a database asked"
    return value, ""


def _are_own_files(databases: Iterable[object], folder: str) -> bool:
    """Return whether all values are files of a project, or have the wrong type."""
    named = [database for database in databases if isinstance(database, str) and database]
    return all(file_of(database) and _is_inside(file_of(database), folder) for database in named)


def _is_inside(path: str, folder: str) -> bool:
    real = os.path.realpath(folder)
    return not path or os.path.realpath(path).startswith(os.path.join(real, ""))


def _local(value: object) -> tuple[object, str]:
    """Return the value of `provider` if it names a server on this machine, changed so that no key is sent; else None
    and the reason."""
    if value is None or mismatch(value):
        return value, ""
    given: dict[str, Any] = dict(value) if isinstance(value, Mapping) else {"kind": value}
    kind, base_url, model = given["kind"], given.get("baseUrl", ""), given.get("model", "")
    if named := [key for key in _OF_THE_USER if key in given]:
        return None, f"`{named[0]}` is not for a project to set"
    if kind in ("embedded", "vscode") or not (is_loopback(base_url) if base_url else kind in LOCAL_KINDS):
        return None, "a project can only name a server on this machine that runs already"
    if str(model).endswith("cloud"):
        # Ollama forwards requests for these models to its vendor's servers.
        return None, f"the model `{model}` is not on this machine"
    # An empty name: the key in the kind's usual environment variable must not be sent either.
    return {**given, "apiKeyEnv": ""}, ""
