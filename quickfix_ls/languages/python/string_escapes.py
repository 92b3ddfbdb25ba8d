"""The backslashes in a string literal: those that Python can't decode, those that are no escape, and which of them are
meant as backslashes, as in a Windows path."""

from __future__ import annotations

import re
from typing import NamedTuple

_LITERAL = re.compile(r"(?P<prefix>[a-zA-Z]{0,2})(?P<quotes>\"\"\"|'''|\"|')(?P<body>.*)(?P=quotes)\Z", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:\r\n|.|\Z)", re.DOTALL)
_FATAL = re.compile(r"\\(?:U(?![0-9a-fA-F]{8})|u(?![0-9a-fA-F]{4})|x(?![0-9a-fA-F]{2})|N(?!\{[^{}]+\}))")
_FATAL_IN_BYTES = re.compile(r"\\x(?![0-9a-fA-F]{2})")
_KNOWN, _KNOWN_IN_BYTES = frozenset("\r\n\\'\"abfnrtv01234567xNuU"), frozenset("\r\n\\'\"abfnrtv01234567x")
_ENDS_LINE = re.compile(r"(?:\\r)?\\n\Z")
PATH = re.compile(r"(?<![\w\\])(?:[a-zA-Z]:|~|\.\.?|\\(?=\\\w))\\")
"""The beginning of a Windows path."""


class LiteralParts(NamedTuple):
    """A string literal: `prefix`, the opening `quotes`, and the `body` between these and the closing ones."""

    prefix: str
    quotes: str
    body: str

    @property
    def is_raw(self) -> bool:
        return "r" in self.prefix.lower()

    @property
    def body_start(self) -> int:
        return len(self.prefix) + len(self.quotes)

    def escapes(self) -> list[tuple[int, str]]:
        """Return the escapes of the body, each with its offset in the body: a backslash and the character behind it."""
        return [(found.start(), found.group()) for found in _ESCAPE.finditer(self.body)]

    def undecodable(self) -> list[int]:
        """Return the offsets in the body of the escapes that are syntax errors, such as `\\U` in `C:\\Users`."""
        if self.is_raw:
            return []
        pattern = _FATAL_IN_BYTES if "b" in self.prefix.lower() else _FATAL
        return [at for at, _ in self.escapes() if pattern.match(self.body, at)]

    def unknown(self) -> list[int]:
        """Return the offsets in the body of backslashes that begin no escape, such as that of `\\d`."""
        if self.is_raw:
            return []
        known = _KNOWN_IN_BYTES if "b" in self.prefix.lower() else _KNOWN
        return [at for at, escape in self.escapes() if len(escape) > 1 and escape[1] not in known]

    def meant_as_backslashes(self) -> list[int]:
        """Return the offsets in the body of the single backslashes that are meant as such: all those of a path, except
        of a line end behind it, and all that Python doesn't decode."""
        is_path = PATH.search(self.body) is not None
        line_end = _ENDS_LINE.search(self.body)
        end = line_end.start() if line_end else len(self.body)
        wrong = {*self.undecodable(), *self.unknown()}
        return [
            at
            for at, escape in self.escapes()
            if at in wrong or (is_path and at < end and escape[1:2] not in ("\\", "'", '"', "\r", "\n", ""))
        ]

    def may_be_raw(self) -> bool:
        """Return whether a raw string with the same text has every backslash that is meant as one, and no other."""
        escapes = self.escapes()
        meant = set(self.meant_as_backslashes())
        return not self.is_raw and "u" not in self.prefix.lower() and all(at in meant for at, _ in escapes)


def parts_of(literal: str) -> LiteralParts | None:
    """Return the parts of a string literal; None for any other text."""
    found = _LITERAL.match(literal)
    return LiteralParts(found["prefix"], found["quotes"], found["body"]) if found else None
