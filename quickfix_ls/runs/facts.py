"""Facts about the values that an error is about: names, types and sizes, never the values themselves."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import islice
from typing import Any

_MOST_NAMES = 200
_LONGEST_NAME = 80
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Facts:
    """What the program knew where it failed; empty where nothing is known.

    - `type_name` is the type of the value that was asked, such as `dict` or `pandas.DataFrame`.
    - `names` are the names that could have been meant: its attributes, keys, columns, or files of a folder. Keys are
      texts or integers, as Python writes them in brackets.
    - `parameters` are those of the function that was called.
    - `length` is the number of its elements, -1 if it has none.
    """

    type_name: str = ""
    names: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    length: int = -1


NO_FACTS = Facts()


def facts_of(error: BaseException, names: Mapping[str, Any], line: str) -> Facts:
    """Return the facts about the value that an error is about. `names` are the variables of the frame that failed, by
    their names, and `line` is its source. Never raises."""
    try:
        return _facts_of(error, names, line)
    except Exception:
        # The program's own objects may do anything when they are looked at.
        return NO_FACTS


def _facts_of(error: BaseException, names: Mapping[str, Any], line: str) -> Facts:
    if isinstance(error, (AttributeError, NameError)) and type(error).__name__ != "UnboundLocalError":
        asked = getattr(error, "obj", None)
        if isinstance(error, AttributeError) and asked is not None:
            known = (name for name in dir(asked) if not name.startswith("_"))
            return Facts(_type_name(asked), _listed(known))
        return Facts(names=_listed(names))
    if isinstance(error, KeyError):
        words = dict.fromkeys(_WORD.findall(line))
        return _of_key(error, [names[word] for word in words if word in names])
    if isinstance(error, FileNotFoundError) and isinstance(error.filename, str):
        folder = os.path.dirname(error.filename) or "."
        return Facts(names=_listed(sorted(os.listdir(folder)))) if os.path.isdir(folder) else NO_FACTS
    return NO_FACTS


def _of_key(error: KeyError, values: Sequence[Any]) -> Facts:
    """Return the facts about the first table or mapping among the values that the line names which lacks the key."""
    key = error.args[0] if error.args else None
    for value in values:
        if type(value).__name__ in ("DataFrame", "Series") and hasattr(value, "columns"):
            keys = list(value.columns)
        elif isinstance(value, dict):
            keys = list(islice(value, _MOST_NAMES))
        else:
            continue
        if keys and key not in keys:
            return Facts(
                _type_name(value), _listed(repr(k) for k in keys if isinstance(k, (str, int))), length=len(value)
            )
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
