"""What may be meant by a name that a tool reports as missing: the fate of the name, and names to put in its place."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from quickfix_ls.checkers.checker import Reading
from quickfix_ls.index.index import Index
from quickfix_ls.languages.python.dotted import called_before
from quickfix_ls.languages.python.facts import environment_of, imported_modules
from quickfix_ls.languages.python.members.class_table import ClassTable
from quickfix_ls.languages.python.members.dictionary_keys import near_keys
from quickfix_ls.languages.python.members.foreign_methods import translations
from quickfix_ls.languages.python.members.known_parameters import OF_METHODS, known_parameters
from quickfix_ls.languages.python.members.named_types import members_of_named, named_type
from quickfix_ls.languages.python.members.owner_confusions import class_for, home_of, module_for
from quickfix_ls.languages.python.members.stdlib_members import module_members
from quickfix_ls.languages.python.names.near_names import nearest, nearest_method
from quickfix_ls.languages.python.project.importable import members_of_module
from quickfix_ls.languages.python.project.misspelt_modules import meant_modules
from quickfix_ls.languages.python.project.stdlib_history import existed, is_former_module
from quickfix_ls.languages.python.project.successors import owner_of, successor_of
from quickfix_ls.values import Span

_MAX_DISTANCE = 20_000
"""The number of code points on either side that are searched for names that could be meant."""

_LIMIT = 3
_WORDS = {
    "AttributeError": re.compile(r"(?:\.|\bdef[ \t]+|^[ \t]+)([^\W\d]\w*)", re.MULTILINE),
    "TypeError": re.compile(r"(?<![\w.])([^\W\d]\w*)"),
}
"""Patterns of the names that could be meant instead."""

Fate = Literal["", "replaced", "gone"]


class Meant(NamedTuple):
    """Names that may be meant, the likeliest first, and the name's fate: `replaced` if a fixer knows what takes its
    place, `gone` if nothing does, empty if it may be misspelt."""

    names: tuple[str, ...] = ()
    fate: Fate = ""


def meant_by(index: Index, reading: Reading, span: Span, name: str, message: str) -> Meant:
    """Return what may be meant by a name at a span, according to a message."""
    text, imported = index.snapshot.text, imported_modules(index)
    found = successor_of(text, imported, span, name.rpartition(".")[2], message)
    if found is not None:
        return Meant((), "replaced" if found.new else "gone")
    if reading.code == "ModuleNotFoundError":
        if is_former_module(name):
            return Meant((), "gone")
        return Meant((*reading.hints, *meant_modules(environment_of(index), name, ClassTable(index).asked_of(name))))
    if reading.code == "KeyError":
        return Meant((*reading.hints, *near_keys(text, span)))
    if reading.code == "TypeError" and "callable" in message:
        return Meant((), "replaced")
    if reading.code == "TypeError":
        return Meant((*reading.hints, *_parameters(index, span, name)))
    return _member(index, reading, span, name, message)


def _member(index: Index, reading: Reading, span: Span, name: str, message: str) -> Meant:
    """Return what may be meant by a member of a module or of a type."""
    owner = owner_of(index.snapshot.text, imported_modules(index), span)
    of_type = named_type(message)
    members = members_of_named(index, of_type) if of_type else None
    foreign = translations(of_type, name)
    if foreign is not None:
        return Meant((), "replaced" if foreign else "gone")
    if (of_type and existed(of_type, name)) or (owner and existed(owner, name)):
        return Meant((), "gone")
    if owner and not of_type:
        known = (module_members(owner) or frozenset()) | members_of_module(owner)
        moved = class_for(owner, name) or home_of(owner, name, is_reported=True)
        near = nearest(name, known, _LIMIT)
        return Meant((*reading.hints, *near), "replaced" if moved and not near else "")
    if owner and module_for(owner, name):
        return Meant(reading.hints, "replaced")
    if members is not None:
        return Meant((*reading.hints, *nearest_method(name, members, _LIMIT)))
    return Meant((*reading.hints, *(() if reading.hints else _words(index, reading.code, span, name))))


def _parameters(index: Index, span: Span, name: str) -> list[str]:
    """Return parameters of the called function that may be meant, or else words of the file."""
    called = called_before(index.snapshot.text, span.start)
    first, _, rest = called.partition(".")
    module = imported_modules(index).get(first, "")
    full = f"{module}.{rest}".rstrip(".") if module else called
    known = known_parameters(full) or tuple(OF_METHODS.get(called.rpartition(".")[2], "").split())
    return nearest(name, known, _LIMIT) if known else _words(index, "TypeError", span, name)


def _words(index: Index, code: str, span: Span, name: str) -> list[str]:
    """Return similar names that occur nearby."""
    words = _WORDS.get(code)
    if words is None:
        return []
    text = index.snapshot.text
    found = words.finditer(text, max(0, span.start - _MAX_DISTANCE), min(len(text), span.end + _MAX_DISTANCE))
    return nearest(name, {word[1] for word in found}, limit=_LIMIT)
