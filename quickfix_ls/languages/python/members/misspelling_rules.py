"""The rules for when a member or an argument that its owner lacks counts as misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from quickfix_ls.languages.python.members.references import Use
from quickfix_ls.languages.python.names.near_names import nearest


class Found(NamedTuple):
    """The error that a reference would raise: its `code`, its `message`, and the `members` of the owner, in no
    order."""

    code: str
    message: str
    members: frozenset[str] = frozenset()


def of_instance(text: str, owner: str, name: str, members: frozenset[str] | None) -> Found | None:
    """Return the error for an attribute that an instance lacks, if it has a similar one and the name occurs nowhere
    else in the file."""
    if members is None or name in members or not nearest(name, members) or is_elsewhere(text, name):
        return None
    return lacking(owner, name, members)


def lacking(owner: str, name: str, members: frozenset[str] = frozenset()) -> Found:
    """Return Python's error for an attribute that an instance of `owner` lacks."""
    return Found("AttributeError", f"'{owner}' object has no attribute '{name}'", members)


def of_parameters(use: Use, called: str, parameters: Iterable[str] | None) -> Found | None:
    """Return the error for a keyword argument that a function lacks, if it has a similar one that is not passed yet."""
    if parameters is None or use.name in parameters:
        return None
    free = frozenset(parameters) - frozenset(use.given)
    if not nearest(use.name, free):
        return None
    return Found("TypeError", f"{called}() got an unexpected keyword argument '{use.name}'", free)


def is_given(text: str, name: str) -> bool:
    """Return whether the file assigns an attribute of this name, or contains the name as a string."""
    return re.search(rf"\.\s*{name}\s*(?:=(?!=)|:[^\n=]*=)|[\"']{name}[\"']", text) is not None


def is_elsewhere(text: str, name: str) -> bool:
    """Return whether the word occurs at any other place of the file."""
    found = re.finditer(rf"(?<!\w){name}(?!\w)", text)
    return next(found, None) is not None and next(found, None) is not None
