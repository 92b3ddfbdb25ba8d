"""The settings, once: their names, meaning, type and default. Editors' settings schemas are made from this
model.

They mean the same wherever they come from (`sources.py` knows the places). Outside they are written in
camelCase (`maxOffers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

SECTION = "quickfix-ls"

Schema = dict[str, Any]

_LONGEST_SHOWN = 200


def _setting(default: Any, description: str, **schema: Any) -> Any:
    return field(default=default, metadata={"description": description, "schema": schema})


@dataclass(frozen=True, slots=True)
class Settings:
    """One consistent set of settings; `read` makes it from what an editor sends."""

    diagnostics: Literal["auto", "on", "off"] = _setting(
        "auto",
        "Show syntax errors and undefined names: always (`on`), never (`off`), or only where no other tool "
        "is known to report the same (`auto`).",
        enum=["auto", "on", "off"],
    )
    max_offers: int = _setting(
        3, "How many quick fixes to offer at most at one place.", type="integer", minimum=1, maximum=10
    )
    min_probability: float | None = _setting(
        None,
        "Offer nothing that is less likely than this to be the right fix; null leaves it to the model.",
        type=["number", "null"],
        minimum=0,
        maximum=1,
    )
    selector: str = _setting(
        "lightgbm", "What ranks the candidates: `lightgbm`, `logistic`, `majority` or `first`.", type="string"
    )
    target_version: str | None = _setting(
        None,
        "The Python version that the code is for, like `3.10`; null means the project's own, as `requires-python`, "
        "`.python-version` or its environment tell, else the server's.",
        type=["string", "null"],
        pattern=r"3\.\d{1,2}",
    )
    log_level: Literal["error", "warning", "info", "debug", "trace"] = _setting(
        "warning",
        "How much the server writes to its log; `trace` is every stage of every answer.",
        enum=["error", "warning", "info", "debug", "trace"],
    )
    disabled_fixers: tuple[str, ...] = _setting(
        (), "Names of fixers whose proposals are never shown.", type="array", items={"type": "string"}
    )
    per_path: tuple[tuple[str, tuple[str, ...]], ...] = _setting(
        (),
        "Which fixers are switched off in which files: a glob, like `tests/**`, and a list of fixers or `all`.",
        type="object",
        additionalProperties={"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]},
    )
    exclude: tuple[str, ...] = _setting(
        (),
        "Globs of files that the command line leaves out of folders.",
        type="array",
        items={"type": "string"},
    )


def read(
    raw: object, base: Settings | None = None, origin: str = SECTION, spelt: Callable[[str], str] = str
) -> tuple[Settings, list[str]]:
    """Settings from one place, over `base` (the defaults where None), and what is wrong in it.

    `raw` is the section's content, or a mapping that holds the section; None and empty values mean nothing is
    set. `origin` is what complaints call the place, `spelt` makes a setting's name of a key as that place writes
    it. Every complaint names the key, the value and what holds instead; a wrong key never hides a right one.
    """
    base = base or Settings()
    if isinstance(raw, Mapping) and isinstance(raw.get(SECTION), Mapping):
        raw = raw[SECTION]
    if raw is None or raw == [] or raw == "":
        return base, []
    if not isinstance(raw, Mapping):
        return base, [f"{origin}: the settings must be an object, not {raw!r}; nothing was changed."]
    known = {outside(one.name): one for one in fields(Settings)}
    values = {one.name: getattr(base, one.name) for one in fields(Settings)}
    complaints = []
    for key, value in raw.items():
        one = known.get(spelt(key))
        if one is None:
            complaints.append(f"{origin}: there is no setting `{key}`; the settings are {', '.join(known)}.")
        elif wrong := _mismatch(value, one.metadata["schema"]):
            held = _thawed(values[one.name])
            complaints.append(f"{origin}: `{key}` must be {wrong}, not {_shown(value)}; {held!r} holds.")
        else:
            values[one.name] = _frozen(value)
    return Settings(**values), complaints


def schema_of(name: str) -> Schema | None:
    """The JSON schema of one setting, by its outer name; None where there is no such setting."""
    return next((dict(one.metadata["schema"]) for one in fields(Settings) if outside(one.name) == name), None)


def json_schema() -> Schema:
    """The JSON schema of the section, as editors' settings pages want it: {"quickfix-ls.maxOffers": {...},
    ...}."""
    return {f"{SECTION}.{outside(one.name)}": _property(one.default, one.metadata) for one in fields(Settings)}


def _property(default: Any, metadata: Mapping[str, Any]) -> Schema:
    shown = {} if metadata["schema"].get("type") == "object" else _thawed(default)
    return {**metadata["schema"], "default": shown, "markdownDescription": metadata["description"]}


def outside(name: str) -> str:
    """A setting's name in camelCase."""
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return tuple((glob, ("all",) if names == "all" else tuple(names)) for glob, names in value.items())
    return tuple(value) if isinstance(value, list) else value


def _thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


_NOUNS = {"integer": "a whole number", "number": "a number", "string": "a text", "null": "null"}


def _mismatch(value: object, schema: Schema) -> str:
    """What the value should have been, in words; empty where it is right."""
    if "enum" in schema:
        return "" if value in schema["enum"] else "one of " + ", ".join(map(repr, schema["enum"]))
    if schema["type"] == "array":
        return "" if _are_texts(value) else "a list of texts"
    if schema["type"] == "object":
        right = isinstance(value, Mapping) and all(one == "all" or _are_texts(one) for one in value.values())
        return "" if right else "an object of globs, each with a list of texts or 'all'"
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    wanted = " or ".join(_NOUNS[name] for name in types)
    if "minimum" in schema:
        wanted += f" from {schema['minimum']} to {schema['maximum']}"
    if "pattern" in schema:
        wanted += " like `3.10`"
    return "" if any(_is(value, name, schema) for name in types) else wanted


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is(value: object, name: str, schema: Schema) -> bool:
    if name == "null":
        return value is None
    if name == "string":
        return isinstance(value, str) and (
            "pattern" not in schema or re.fullmatch(schema["pattern"], value) is not None
        )
    if isinstance(value, bool) or not isinstance(value, int if name == "integer" else (int, float)):
        return False
    return "minimum" not in schema or bool(schema["minimum"] <= value <= schema["maximum"])
