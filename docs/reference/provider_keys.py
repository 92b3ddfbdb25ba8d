"""The keys of the setting `provider`."""

from __future__ import annotations

from quickfix_ls.settings.provider import FEATURES, SCHEMA, ProviderSettings
from quickfix_ls.settings.schema import outside

_MEANINGS = {
    "kind": "the kind of server, the first column of [the table](language-models.md)",
    "baseUrl": "its address, if it is not the kind's own; it may hold no key",
    "model": "the name of the model, deployment or endpoint",
    "apiKeyEnv": 'the environment variable with the key, if it is not the kind\'s own; `""` means that no key is sent',
    "apiKeyCommand": "a program with its arguments that prints the key",
    "modelPath": "the GGUF file of the kind `embedded`",
    "idleSeconds": "seconds without a question after which the embedded server is stopped",
    "hedgeSeconds": "seconds without a first word after which a second request is sent; 0 means never",
    "concurrency": "how many requests may be under way at once",
    "without": f"what the model can't do: any of {', '.join(f'`{feature}`' for feature in FEATURES)}",
}


def made() -> str:
    """Return a table of the keys. Raises KeyError for a key without a meaning here."""
    defaults = {outside(name): getattr(ProviderSettings(""), name) for name in ProviderSettings.__slots__}
    rows = ["| key | default | meaning |", "|---|---|---|"]
    for key, schema in SCHEMA["properties"].items():
        default = f"`{defaults[key]:g}`" if schema["type"] == "number" else ""
        rows.append(f"| `{key}` | {default} | {_MEANINGS[key]} |")
    return "\n".join(rows)
