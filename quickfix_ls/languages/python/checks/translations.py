"""Recognition of words that an edit replaces by Python's spelling of the same: the words of other languages and of
plain English for operators and keywords."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SAME: Mapping[str, frozenset[str]] = {
    "==": frozenset({"is equal to", "equals", "equal to", "is equals to", "equals to", "is equal", "is equals", "is"}),
    "!=": frozenset({"is not equal to", "not equal to", "not equals", "not equal", "not", "is not"}),
    ">": frozenset({"greater than", "is greater than", "more than", "is more than", "is"}),
    "<": frozenset({"less than", "is less than", "is"}),
    ">=": frozenset({"greater than or equal to", "is greater than or equal to", "is"}),
    "<=": frozenset({"less than or equal to", "is less than or equal to", "is"}),
    "not in": frozenset({"is not in", "in not"}),
    "in": frozenset({"is in"}),
    "elif": frozenset({"else if", "elif if", "else elif", "or if"}),
    "else": frozenset({"elif else", "else else"}),
    "": frozenset({"then", "do"}),
}
_COUNTING = re.compile(r"for\s*\(?[^;]*?(\w+)\s*:?=[^;]*;[^;]*;[^;]*", re.DOTALL)
_DECLARATION = re.compile(r"\s*(?:global|nonlocal)[ \t]+\w+(?:[ \t]*,[ \t]*\w+)*\s*")
_VOID = re.compile(r"is parameter and (?:global|nonlocal)|not allowed at module level|(?:prior to|before) global")
_SWITCH = re.compile(r"^[ \t]*(?:switch|match|select|case)\b", re.MULTILINE)
_WORD = re.compile(r"[^\W\d]\w*")


def is_translated(deleted: str, added: str) -> bool:
    """Return whether an edit writes Python's operator or keyword in place of words that mean the same."""
    loop = _COUNTING.fullmatch(deleted.strip())
    if loop is not None and added.startswith(f"for {loop[1]} in range("):
        return True
    return " ".join(_WORD.findall(deleted)) in _SAME.get(added.strip(" :"), frozenset())


def is_void_declaration(deleted: str, message: str) -> bool:
    """Return whether the text is a `global` or `nonlocal` declaration that the error's message says to be void."""
    return _VOID.search(message) is not None and _DECLARATION.fullmatch(deleted) is not None


def is_void_break(deleted: str, text: str) -> bool:
    """Return whether the text that an edit deletes is a line with a `break` alone, in code with a `switch`, which needs
    none in Python."""
    return deleted.strip(" \t\r\n;") == "break" and _SWITCH.search(text) is not None
