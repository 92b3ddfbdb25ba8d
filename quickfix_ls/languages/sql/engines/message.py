"""The description of an engine's messages: a table that interprets them, and where a message says what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from quickfix_ls.problems.kinds import QUERY, RUN, SYNTAX
from quickfix_ls.values import ProblemKind

Name = tuple[str, ...]
"""The parts of a name as a message spells it, without quotes: `("c", "email")`."""

CALL = "Call"
"""The code of a row about a call that fits no form of a function: whether there is such a function, and how many
arguments it takes, is looked up elsewhere."""
TYPES, UNKNOWN_TYPE = "Types", "UnknownType"

_KINDS: dict[str, ProblemKind] = {"SyntaxError": SYNTAX, TYPES: RUN, UNKNOWN_TYPE: RUN}


class Position(NamedTuple):
    """Where a message says that the error is, in the text that the engine was given.

    `line` and `column` count from 0. `offset` is set instead if the engine counts characters, and `excerpt` is the line
    at fault, as far as the message repeats it, with the `column` in it.
    """

    line: int = 0
    column: int | None = None
    offset: int | None = None
    excerpt: str = ""


class EngineMessage(NamedTuple):
    """The interpretation of an engine's message.

    - `code` is that of the problem (`CALL` if it is still open), and `name` the identifier, function or operator at
      fault, with what qualifies it; empty if the message has none.
    - `hints` are the names that the engine suggests, all of them and in its order.
    - `arguments` is the number of arguments of a call.
    - `near` is the text at which the engine's parser stopped.
    - `dialects` are those of the engine.
    """

    code: str
    name: Name = ()
    hints: tuple[Name, ...] = ()
    position: Position | None = None
    arguments: int = 0
    near: str = ""
    dialects: tuple[str, ...] = ("",)

    @property
    def kind(self) -> ProblemKind:
        """The kind of a problem with this code: only another run proves what is about types."""
        return _KINDS.get(self.code, QUERY)


@dataclass(frozen=True, eq=False)
class Engine:
    """An engine, with what it says.

    - `dialects` are sqlglot's names of what it speaks.
    - `rows` are pairs of a code and a regular expression that is searched in the message. Its group `name` is the
      identifier at fault, `table` what qualifies it, `arguments` the list of a call's arguments, and `near` the text at
      which the parser stopped.
    - `hints` are expressions whose group `names` has the suggested names.
    - `positions` are expressions with the groups `line` and `column`, which count from 1, `column0`, which counts from
      0, or `offset`, which counts characters from 1.
    """

    dialects: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    hints: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()

    @cached_property
    def _rows(self) -> list[tuple[str, re.Pattern[str]]]:
        return [(code, re.compile(pattern)) for code, pattern in self.rows]

    def read(self, message: str) -> EngineMessage | None:
        """Interpret a message; None if the engine does not say such a thing."""
        for code, pattern in self._rows:
            if found := pattern.search(message):
                groups = {key: value or "" for key, value in found.groupdict().items()}
                parts = parts_of(groups.get("name", ""))
                name = (*parts_of(groups.get("table", "")), *parts) if parts else ()
                near, arguments = groups.get("near", ""), _count(groups.get("arguments", ""))
                hints, position = self._hints(message), self._position(message)
                return EngineMessage(code, name, hints, position, arguments, near, self.dialects)
        return None

    def _hints(self, message: str) -> tuple[Name, ...]:
        found: dict[Name, None] = {}
        for pattern in self.hints:
            for match in re.finditer(pattern, message):
                groups = match.groupdict()
                table = parts_of(groups.get("table") or "")
                found.update(dict.fromkeys((*table, *name) for name in names_in(groups["names"])))
        return tuple(found)

    def _position(self, message: str) -> Position | None:
        for pattern in (*self.positions, _EXCERPT):
            if found := re.search(pattern, message):
                groups = found.groupdict()
                if groups.get("offset"):
                    return Position(offset=int(groups["offset"]) - 1)
                line = max(0, int(groups["line"]) - 1)
                if groups.get("excerpt") is not None:
                    column = len(groups["before"]) - len(groups["label"])
                    return Position(line, max(0, column), excerpt=groups["excerpt"])
                if groups.get("column0"):
                    return Position(line, int(groups["column0"]))
                return Position(line, max(0, int(groups["column"]) - 1) if groups.get("column") else None)
        return None


_EXCERPT = r"(?m)^(?P<label> *LINE (?P<line>\d{1,6}): )(?P<excerpt>.*)\n(?P<before> *)\^"
"""The line at fault with a caret below, as PostgreSQL and DuckDB print it."""

_PART = re.compile(r"`([^`\n]*)`|\"([^\"\n]*)\"|'([^'\n]*)'|\[([^\]\n]*)\]|([^.\s`\"'\[\]]+)")
_QUOTED = re.compile(r"(?:`[^`\n]+`\.?)+|\"[^\"\n]+\"(?:\.\"[^\"\n]+\")*|'[^'\n]+'")
_BARE = re.compile(r"[^\W\d][\w$]*(?:\.[^\W\d][\w$]*)*")


def parts_of(name: str) -> Name:
    """Return the parts of a dotted name without their quotes: `` `c`.`email` `` and `"c.email"` give the same."""
    parts = [next(filter(None, found), "") for found in _PART.findall(name)]
    return tuple(piece.strip() for part in parts for piece in part.split(".") if piece.strip())


def names_in(text: str) -> list[Name]:
    """Return the names in a list of suggestions: those in quotes, or all words if there are none."""
    found = _QUOTED.findall(text) or _BARE.findall(text)
    return [parts for parts in map(parts_of, found) if parts]


def _count(arguments: str) -> int:
    """Return the number of items in a list, those in brackets not counted."""
    depth = 0
    commas = 0
    for sign in arguments:
        depth += (sign in "([<") - (sign in ")]>")
        commas += sign == "," and depth == 0
    return commas + 1 if arguments.strip() else 0
