"""The interface of a language that the stages use: a record of parts, each looked up by its type.

Every stage defines the type of the part that it needs (`index.syntax.Syntax`, `problems.problem_finder.ProblemFinder`,
`candidates.fixers.Fixers`, ...). Languages supply instances of them (`languages.language`); no stage imports one.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

P = TypeVar("P")


class LanguageParts(Protocol):
    """A language; `name` is its identifier, and also the name of its folder and of its models' folder."""

    @property
    def name(self) -> str: ...

    def part(self, kind: type[P]) -> P:
        """Return the language's part of a type. Raises LookupError if it has none."""
