"""Check the values of settings against their schemas, and convert them to immutable values and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quickfix_ls.settings import databases, provider

ShapeSchema = Mapping[str, Any]

_MAX_SHOWN = 200
_NOUNS = {"integer": "a whole number", "number": "a number", "string": "a text", "null": "null"}


def mismatch(value: object, schema: ShapeSchema) -> str:
    """Return a description of the valid values if `value` does not fit the schema, else an empty string."""
    if _is_provider(schema):
        return provider.mismatch(value)
    if _is_databases(schema):
        return databases.mismatch(value)
    if "enum" in schema:
        return "" if value in schema["enum"] else "one of " + ", ".join(map(repr, schema["enum"]))
    if schema["type"] == "boolean":
        return "" if isinstance(value, bool) else "true or false"
    if schema["type"] == "array":
        if not _are_texts(value):
            return "a list of texts"
        return "" if _are_right(value, schema["items"]) else "a list of regular expressions"
    if schema["type"] == "object":
        right = isinstance(value, Mapping) and all(names == "all" or _are_texts(names) for names in value.values())
        return "" if right else "an object of globs, each with a list of texts or 'all'"
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    wanted = " or ".join(_NOUNS[name] for name in types)
    if "minimum" in schema:
        wanted += f" from {schema['minimum']} to {schema['maximum']}"
    if "pattern" in schema:
        wanted += " like `3.10`"
    return "" if any(_is(value, name, schema) for name in types) else wanted


def frozen(value: Any, schema: ShapeSchema) -> Any:
    """Convert a valid value to the immutable form that `Settings` holds."""
    if _is_provider(schema):
        return provider.structured(value)
    if _is_databases(schema):
        return tuple(value.items())
    if isinstance(value, Mapping):
        return tuple((glob, ("all",) if names == "all" else tuple(names)) for glob, names in value.items())
    return tuple(value) if isinstance(value, list) else value


def thawed(value: Any) -> Any:
    """Convert a value of `Settings` to its JSON form, as complaints and editors' settings show it."""
    if isinstance(value, provider.ProviderSettings):
        return value.kind
    if isinstance(value, tuple) and value and all(isinstance(item, tuple) for item in value):
        return {glob: databases.redacted(held) if isinstance(held, str) else list(held) for glob, held in value}
    return list(value) if isinstance(value, tuple) else value


def shown(value: object, schema: ShapeSchema) -> str:
    """Return an invalid value as a complaint shows it; those of providers and databases are not shown, since they may
    contain a key or a password."""
    text = "what is there" if _is_provider(schema) or _is_databases(schema) else repr(value)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."


def _is_provider(schema: ShapeSchema) -> bool:
    return "properties" in schema


def _is_databases(schema: ShapeSchema) -> bool:
    return bool(schema.get("additionalProperties") == databases.SCHEMA["additionalProperties"])


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _are_right(texts: Any, items: ShapeSchema) -> bool:
    try:
        return items.get("format") != "regex" or all(re.compile(text) for text in texts)
    except (re.error, RecursionError, OverflowError):
        return False


def _is(value: object, name: str, schema: ShapeSchema) -> bool:
    if name == "null":
        return value is None
    if name == "string":
        return isinstance(value, str) and (
            "pattern" not in schema or re.fullmatch(schema["pattern"], value) is not None
        )
    if isinstance(value, bool) or not isinstance(value, int if name == "integer" else (int, float)):
        return False
    return "minimum" not in schema or bool(schema["minimum"] <= value <= schema["maximum"])
