"""A language as the stages see it: a record of parts, each looked up by its type.

Every stage defines the type of the part that it asks for (`index.syntax.Syntax`, `problems.Diagnosis`,
`candidates.fixers.Fixers`, ...); languages are made of such parts and stand above the stages (`languages.language`).
"""

from __future__ import annotations

from typing import Protocol, TypeVar

P = TypeVar("P")


class LanguageParts(Protocol):
    """`name` is the language's identifier, also that of its folder and of its models."""

    @property
    def name(self) -> str: ...

    def part(self, kind: type[P]) -> P:
        """The language's part of a type. Raises LookupError where it has none."""
