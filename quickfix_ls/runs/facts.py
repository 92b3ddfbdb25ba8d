"""Facts about the values that an error is about: names, types and sizes, never the values themselves."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

_MOST_NAMES = 200
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Facts:
    """What the program knew where it failed; empty where nothing is known.

    - `type_name` is the type of the value that was asked, such as `dict` or `pandas.DataFrame`.
    - `names` are the names that could have been meant: its attributes, keys, columns, or files of a folder. Keys are texts
      or integers, as Python writes them in brackets.
    - `parameters` are those of the function that was called.
    - `length` is the number of its elements, -1 if it has none.
    """

    type_name: str = ""
    names: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    length: int = -1


NO_FACTS = Facts()


def facts_of(error: BaseException, names: Mapping[str, Any]) -> Facts:
    """Return the facts about the value that an error is about. `names` are the variables of the frame that failed, by
    their names. Calls nothing of the user's but attributes that errors themselves carry. Never raises."""
    try:
        return _facts_of(error, names)
    except Exception:
        # The program's own objects may do anything when they are looked at.
        return NO_FACTS


def _facts_of(error: BaseException, names: Mapping[str, Any]) -> Facts:
    if isinstance(error, (AttributeError, NameError)) and type(error).__name__ != "UnboundLocalError":
        asked = getattr(error, "obj", None)
        if isinstance(error, AttributeError) and asked is not None:
            known = (name for name in dir(asked) if not name.startswith("_"))
            return Facts(_type_name(asked), _listed(known))
        return Facts(names=_listed(names))
    if isinstance(error, KeyError):
        return _of_key(error, names)
    if isinstance(error, FileNotFoundError) and isinstance(error.filename, str):
        folder = os.path.dirname(error.filename) or "."
        return Facts(names=_listed(sorted(os.listdir(folder)))) if os.path.isdir(folder) else NO_FACTS
    return NO_FACTS


def _of_key(error: KeyError, names: Mapping[str, Any]) -> Facts:
    """Return the facts about a mapping or table of the frame that lacks the key but could have it."""
    key = error.args[0] if error.args else None
    for value in names.values():
        if type(value).__name__ == "DataFrame" and hasattr(value, "columns"):
            columns = list(value.columns)
            if key not in columns:
                return Facts(
                    _type_name(value), _listed(repr(c) for c in columns if isinstance(c, (str, int))), length=len(value)
                )
    for value in names.values():
        if isinstance(value, dict) and key not in value and value:
            keys = [k for k in list(value)[:_MOST_NAMES] if isinstance(k, (str, int))]
            if keys:
                return Facts(_type_name(value), _listed(map(repr, keys)), length=len(value))
    return NO_FACTS


def _listed(names: Any) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if len(found) == _MOST_NAMES:
            break
        if isinstance(name, str) and len(name) <= _LONGEST_NAME:
            found.append(name)
    return tuple(found)


def _type_name(value: object) -> str:
    kind = type(value)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def to_json(facts: Facts) -> dict[str, Any]:
    """Return the facts as an object of JSON, without what is not known."""
    return {key: value for key, value in asdict(facts).items() if value not in ((), "", -1)}


def from_json(value: Any) -> Facts:
    """Return the facts in an object of JSON; what is of no use in it is left out."""
    if not isinstance(value, dict):
        return NO_FACTS
    known = {field.name for field in fields(Facts)}
    read: dict[str, Any] = {}
    for key, item in value.items():
        if key in known and isinstance(item, list):
            read[key] = tuple(name for name in item if isinstance(name, str))
        elif key in known and isinstance(item, (str, int)):
            read[key] = item
    return Facts(**read)
