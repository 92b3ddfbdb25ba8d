"""Facts about the values that an error is about: names, types and sizes, never the values themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from itertools import islice
from types import ModuleType
from typing import Any

from quickfix_ls.runs.values_of_line import keyed_in, module_below, parameters_in, type_name, values_in

_MOST_NAMES = 200
_LONGEST_NAME = 80
_MOST_BYTES = 100_000
_TABLES = frozenset({"numpy", "pandas", "polars"})


@dataclass(frozen=True)
class Known:
    """A variable of the failing line, as the line writes it (`self.rows`): the name of its type, the number of its
    elements (-1 if it has none), and the shape of an array."""

    name: str
    type_name: str
    length: int = -1
    shape: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the program knew where it failed; empty where nothing is known.

    - `type_name` is the type of the value that was asked, such as `dict` or `pandas.DataFrame`.
    - `names` are the names that could have been meant: its attributes, keys, columns, or files of a folder. Keys are
      texts or integers, as Python writes them in brackets.
    - `parameters` are those of the functions that the line calls.
    - `length` is the number of its elements, -1 if it has none.
    - `known` are the variables of the line.
    - `module` is the longest dotted name of the line that is a module which was not imported.
    - `missing` is the first part of a path that does not exist; `names` has what is beside it.
    - `encoding` is one in which bytes that could not be decoded are text.
    """

    type_name: str = ""
    names: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    length: int = -1
    known: tuple[Known, ...] = ()
    module: str = ""
    missing: str = ""
    encoding: str = ""


NO_FACTS = Facts()


def facts_of(error: BaseException, names: Mapping[str, Any], line: str) -> Facts:
    """Return the facts about the value that an error is about. `names` are the variables of the frame that failed, by
    their names, and `line` is its source. Never raises."""
    try:
        values = values_in(line, names)
        return replace(_facts_of(error, names, values, line), known=tuple(_known(*item) for item in values.items()))
    except Exception:
        # The program's own objects may do anything when they are looked at.
        return NO_FACTS


def _facts_of(error: BaseException, names: Mapping[str, Any], values: Mapping[str, Any], line: str) -> Facts:
    if isinstance(error, AttributeError):
        return _of_attribute(getattr(error, "obj", None), getattr(error, "name", ""), line, values)
    if isinstance(error, NameError) and type(error).__name__ != "UnboundLocalError":
        return Facts(names=_nearest(names, getattr(error, "name", "")))
    if isinstance(error, (KeyError, IndexError)) or type(error).__name__ == "ColumnNotFoundError":
        return _of_key(error, values)
    if isinstance(error, TypeError) and "argument" in str(error):
        return Facts(parameters=parameters_in(line, names))
    if isinstance(error, FileNotFoundError) and isinstance(error.filename, str):
        return _of_path(error.filename)
    if isinstance(error, UnicodeDecodeError):
        return Facts(encoding=_encoding_of(error.object))
    return NO_FACTS


def _of_attribute(asked: Any, name: str, line: str, values: Mapping[str, Any]) -> Facts:
    """Return the facts about the object that lacks an attribute; `None` has no name that could be meant."""
    if asked is None:
        return NO_FACTS
    columns = [column for _, keys in keyed_in([asked], depth=1) for column in keys if not isinstance(asked, dict)]
    names = _nearest((*columns, *(known for known in dir(asked) if not known.startswith("_"))), name)
    if not isinstance(asked, ModuleType):
        return Facts(type_name(asked), names)
    written = next((name for name, value in values.items() if value is asked), asked.__name__)
    return Facts(type_name(asked), names, module=module_below(asked, written, line))


def _of_key(error: BaseException, values: Mapping[str, Any]) -> Facts:
    """Return the keys of the tables and mappings of the line."""
    owners = list(keyed_in(values.values()))
    keys = dict.fromkeys(repr(key) for _, of_one in owners for key in of_one)
    if isinstance(error, IndexError) and not any(type(owner).__module__ == "sqlite3" for owner, _ in owners):
        return NO_FACTS
    if not owners:
        return NO_FACTS
    return Facts(type_name(owners[0][0]), _listed(keys), length=len(owners[0][0]))


def _of_path(path: str) -> Facts:
    """Return what is beside the first part of a path that does not exist."""
    folder, missing = os.path.split(path)
    while folder and not os.path.isdir(folder):
        folder, missing = os.path.split(folder)
    return Facts(names=_listed(islice(sorted(os.listdir(folder or ".")), _MOST_NAMES)), missing=missing)


def _encoding_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return "cp1252" if any(0x80 <= byte < 0xA0 for byte in data[:_MOST_BYTES]) else "latin-1"


def _known(name: str, value: Any) -> Known:
    shape = getattr(value, "shape", ()) if type(value).__module__.partition(".")[0] in _TABLES else ()
    is_shape = isinstance(shape, tuple) and all(isinstance(size, int) for size in shape)
    return Known(name, type_name(value), _length(value), shape if is_shape else ())


def _length(value: Any) -> int:
    is_plain = type(value) in (str, bytes, list, tuple, dict, set, frozenset)
    return len(value) if is_plain or type(value).__module__.partition(".")[0] in _TABLES - {"numpy"} else -1


def _nearest(names: Iterable[Any], asked: str | None) -> tuple[str, ...]:
    """Return as many names as may be told, those first that share most pairs of letters with a name."""
    pairs = _pairs(asked or "")
    texts = [name for name in names if isinstance(name, str)]
    return _listed(sorted(texts, key=lambda name: -len(pairs & _pairs(name))))


def _pairs(name: str) -> set[str]:
    return {name[index : index + 2] for index in range(len(name) - 1)}


def _listed(names: Any) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if len(found) == _MOST_NAMES:
            break
        if isinstance(name, str) and len(name) <= _LONGEST_NAME:
            found.append(name)
    return tuple(found)


def to_json(facts: Facts) -> dict[str, Any]:
    """Return the facts as an object of JSON, without what is not known."""
    return {key: value for key, value in asdict(facts).items() if value not in ((), "", -1)}


def _known_from_json(value: Any) -> Known | None:
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("name", "type_name")):
        return None
    length, shape = value.get("length", -1), value.get("shape", [])
    sizes = tuple(size for size in shape if isinstance(size, int)) if isinstance(shape, (list, tuple)) else ()
    return Known(value["name"], value["type_name"], length if isinstance(length, int) else -1, sizes)


def from_json(value: Any) -> Facts:
    """Return the facts in an object of JSON; what is of no use in it is left out."""
    if not isinstance(value, dict):
        return NO_FACTS
    known = {field.name for field in fields(Facts)}
    read: dict[str, Any] = {}
    for key, item in value.items():
        if key == "known" and isinstance(item, list):
            read[key] = tuple(one for one in map(_known_from_json, item) if one is not None)
        elif key in known and isinstance(item, list):
            read[key] = tuple(name for name in item if isinstance(name, str))
        elif key in known and isinstance(item, (str, int)):
            read[key] = item
    return Facts(**read)
