"""When a member or an argument that its owner lacks counts as misspelt: what was found, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.names.near_names import nearest


class Found(NamedTuple):
    """What a use would raise; `members` are those of the owner, in no order."""

    code: str
    message: str
    members: frozenset[str] = frozenset()


def of_instance(text: str, owner: str, name: str, members: frozenset[str] | None) -> Found | None:
    """An attribute that an instance lacks: one that it has is near, and the name stands nowhere else in the text."""
    if members is None or name in members or not nearest(name, members) or is_elsewhere(text, name):
        return None
    return lacking(owner, name, members)


def lacking(owner: str, name: str, members: frozenset[str] = frozenset()) -> Found:
    """What Python says of an attribute that an instance of `owner` lacks."""
    return Found("AttributeError", f"'{owner}' object has no attribute '{name}'", members)


def of_parameters(use: Use, called: str, parameters: Iterable[str] | None) -> Found | None:
    """A named argument that a function lacks: one that it has, and that is not given yet, is near."""
    if parameters is None or use.name in parameters:
        return None
    free = frozenset(parameters) - frozenset(use.given)
    if not nearest(use.name, free):
        return None
    return Found("TypeError", f"{called}() got an unexpected keyword argument '{use.name}'", free)


def is_given(text: str, name: str) -> bool:
    """Whether the file gives some object an attribute of this name, or speaks of the name in a string."""
    return re.search(rf"\.\s*{name}\s*(?:=(?!=)|:[^\n=]*=)|[\"']{name}[\"']", text) is not None


def is_elsewhere(text: str, name: str) -> bool:
    """Whether the word stands at any other place of the file."""
    found = re.finditer(rf"(?<!\w){name}(?!\w)", text)
    return next(found, None) is not None and next(found, None) is not None
