"""ty's diagnostics of names that their owner lacks, in the terms of Python's messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from quickfix_ls.languages.python import checkers
from quickfix_ls.languages.python.types.inquiries import InquiryKind
from quickfix_ls.values import Reported, Span

_KINDS: dict[str, InquiryKind] = {"AttributeError": "attribute", "ImportError": "import"}
_SUBJECT = re.compile(r"(?P<what>Module|Class|Object of type) `(?P<name>[^`]*)`")
_OBJECT = re.compile(r"<(?P<what>module|class) '(?:[\w.]*\.)?(?P<name>[\w.]+)'>")
_LITERALS = {'"': "str", "'": "str", "b": "bytes", "T": "bool", "F": "bool"}
_FIRST_NAME = re.compile(r"[^\W\d][\w.]*")
_CALLABLES = {"def": "function", "bound": "method", "Overload": "function"}
_CLASS = re.compile(r"type\[(\w+)|class (\w+)|def __new__.*-> (\w+)$")
UNTOLD = frozenset({"", "Unknown", "Any"})
"""What ty shows for a name of which it knows no type."""

_RUNTIME_NAMES = {"FunctionType": "function", "MethodType": "method", "BuiltinFunctionType": "builtin_function"}


class Lack(NamedTuple):
    """A diagnostic: the owner has no member of this name. `owner` is in the wording of Python's messages, empty if it
    is unknown."""

    kind: InquiryKind
    name: str
    span: Span
    owner: str
    is_module: bool

    def is_about(self, kind: InquiryKind, name: str, place: Span) -> bool:
        """Return whether the diagnostic is about a name at a place. ty marks an attribute with its owner, and an
        imported name with its alias."""
        is_here = self.span.end == place.end if kind == "attribute" else self.span.start == place.start
        return is_here and (self.kind, self.name) == (kind, name)


def lacks_of(diagnostics: Iterable[tuple[Span, str, str]]) -> list[Lack]:
    """Return the diagnostics of this kind, given the span, code and message of each."""
    found = []
    for span, code, message in diagnostics:
        reading = checkers.read(Reported(message, span, "ty", code))
        if reading is not None and reading.code in _KINDS and reading.name:
            owner, is_module = _owner(message)
            found.append(Lack(_KINDS[reading.code], reading.name, span, owner, is_module))
    return found


def owner_of_name(shown: str) -> str:
    """Return an object in the wording of Python's messages, given what ty shows for a name that is bound to it; empty
    if it can't be told."""
    if found := _OBJECT.match(shown):
        return f"module '{found['name']}'" if found["what"] == "module" else f"type object '{found['name']}'"
    name = _type_name(shown)
    return f"'{name}' object" if name and name not in UNTOLD else ""


def owner_of_class(shown: str) -> str:
    """Return an object in the wording of Python's messages, given what ty shows for its `__class__`; empty if it can't
    be told."""
    found = _CLASS.match(shown.replace("\n", " "))
    name = next(filter(None, found.groups()), "") if found is not None else ""
    if name in ("", "Unknown", "type", "ModuleType"):
        return ""
    return f"'{_RUNTIME_NAMES.get(name, name)}' object"


def _owner(message: str) -> tuple[str, bool]:
    """Return the owner that a message names, and whether it is a module."""
    found = _SUBJECT.match(message)
    if found is None:
        return "", False
    if found["what"] == "Module":
        return f"module '{found['name']}'", True
    name = _type_name(found["name"])
    if not name:
        return "", False
    return (f"type object '{name}'" if found["what"] == "Class" else f"'{name}' object"), False


def _type_name(shown: str) -> str:
    """Return the name of a type as ty shows it, without its arguments; of a union, the first; empty if it has none."""
    if shown.startswith("Literal["):
        return _LITERALS.get(shown[len("Literal[")], "int")
    if "@" in shown or shown.startswith("<"):
        return ""
    found = _FIRST_NAME.match(shown)
    name = found[0].rpartition(".")[2] if found else ""
    return {"None": "NoneType", "LiteralString": "str", **_CALLABLES}.get(name, name)
