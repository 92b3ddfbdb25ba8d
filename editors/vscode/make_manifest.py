"""Write the server's settings and version into `package.json`: `python editors/vscode/make_manifest.py`.

The first group of `contributes.configuration` is made from `quickfix_ls/settings/schema.py`; the second, the
extension's own settings, is written by hand. A test holds the file current.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from quickfix_ls import __version__
from quickfix_ls.settings import SECTION, json_schema

MANIFEST = Path(__file__).parent / "package.json"

OF_THE_USER = frozenset(
    (
        *("provider", "checkers", "databases", "schemaFile", "explain", "dailyTokens", "monthlyTokens"),
        *("redact", "neverSend", "sendGitIgnored"),
    )
)
"""Settings that start programs, connect to databases, or decide what is sent and spent. In a workspace's
`settings.json` they would be the workspace's choice, not the user's, so VS Code must not read them there
(`quickfix_ls/settings/trust.py` says the same for the server's own files)."""


def generated(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest with the present settings of the server and its version."""
    properties = {key: _property(key, schema) for key, schema in json_schema().items()}
    server, *own = manifest["contributes"]["configuration"]
    contributes = {**manifest["contributes"], "configuration": [{**server, "properties": properties}, *own]}
    return {**manifest, "version": __version__, "contributes": contributes}


def text_of(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def _property(key: str, schema: dict[str, Any]) -> dict[str, Any]:
    name = key.removeprefix(f"{SECTION}.")
    return {**schema, "scope": "machine" if name in OF_THE_USER else "window"}


if __name__ == "__main__":
    MANIFEST.write_text(text_of(generated(json.loads(MANIFEST.read_text()))))
