"""All settings: description, default, values, how each is written, and what a project may not do with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from quickfix_ls.settings.schema import json_schema
from quickfix_ls.settings.sources import PREFIX
from quickfix_ls.settings.trust import restrained

_REFUSED: dict[str, Any] = {
    "provider": "openai",
    "dailyTokens": None,
    "monthlyTokens": None,
    "sendGitIgnored": True,
    "checkers": ["ruff"],
    "schemaFile": "/elsewhere.json",
    "databases": {"*": "postgresql://elsewhere"},
    "explain": True,
}
"""The settings that a project's own files may not set freely, each with a value that is refused there."""

_MORE = {
    "disabledFixers": "[All fixers](fixers.md) lists them.",
    "perPath": "There is an example [above](#where-they-stand).",
    "provider": "See [its keys](#the-keys-of-provider), and [Language models](language-models.md) for examples.",
    "variants": "[How it is asked](language-models.md#how-it-is-asked) lists them.",
    "checkers": "See [Your checkers](your-checkers.md).",
}
"""What the reference says of a setting besides its description."""

_WORDS = {
    "array": "a list of strings",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "null": "`null`",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


def made() -> str:
    """Return a section for each setting, in the order of the schema."""
    return "\n".join(line for key, schema in json_schema().items() for line in _section(key.partition(".")[2], schema))


def _section(name: str, schema: dict[str, Any]) -> Iterator[str]:
    snake = re.sub("([A-Z])", r"_\1", name).lower()
    yield f"### `{name}`\n"
    yield f"{schema['markdownDescription']} {_MORE.get(name, '')}".rstrip() + "\n"
    yield f"- Default: `{json.dumps(schema['default'])}`. Values: {_values(schema)}."
    yield f"- In TOML `{snake.replace('_', '-')}`, in the environment `{PREFIX}{snake.upper()}`."
    if name in _REFUSED:
        _, (complaint,) = restrained({name: _REFUSED[name]}, "", "/project", str)
        yield f"- In a project's own files: {complaint.partition('is left out: ')[2].partition('. Set it')[0]}."
    yield ""


def _values(schema: dict[str, Any]) -> str:
    """Describe the values of a setting in words, from its JSON Schema."""
    if "enum" in schema:
        return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(_WORDS[kind] + _range(kind, schema) for kind in kinds)


def _range(kind: str, schema: dict[str, Any]) -> str:
    if kind not in ("integer", "number"):
        return ""
    largest = f" to {schema['maximum']:,}" if schema["maximum"] < 10**9 else " on"
    return f" from {schema['minimum']:,}{largest}"
