"""A valid query, its tokens, and which names in it are columns, tables, aliases and functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from quickfix_ls.languages.sql.lexer import lex, unquoted
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.schema.tables import Schema, Table

_READS_FROM = ("from", "join")
_ENDS_FROM = ("on", "using", "where", "group", "order", "having", "limit", "union", "except", "intersect")


@dataclass(frozen=True)
class Source:
    """A table that a query reads: the place of its name among the tokens, the `table`, and the place of its alias, -1
    without one; `has_as` tells whether AS stands between the two."""

    place: int
    table: Table
    alias: int = -1
    has_as: bool = False


@dataclass(frozen=True)
class Query:
    """A valid query over a schema. Places are indices of `tokens`, which hold no comments and line ends."""

    text: str
    schema: Schema

    @cached_property
    def tokens(self) -> list[Token]:
        return [token for token in lex(self.text) if token.kind not in ("comment", "newline")]

    def reads(self, place: int, *words: str) -> bool:
        """Return whether the token at a place is one of the given words or signs, in lower case."""
        return 0 <= place < len(self.tokens) and self.tokens[place].text.lower() in words

    def name(self, place: int) -> str:
        """Return the name at a place in lower case, without quotes."""
        return unquoted(self.tokens[place].text).lower()

    def places(self, *words: str) -> list[int]:
        """Return the places of words or signs, given in lower case."""
        return [place for place in range(len(self.tokens)) if self.reads(place, *words)]

    def replaced(self, first: int, last: int, new: str) -> str:
        """Return the text with `new` in place of the tokens [first, last)."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return self.text[:start] + new + self.text[end:]

    def without(self, first: int, last: int) -> str:
        """Return the text without the tokens [first, last) and the blanks before them."""
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        before, after = self.text[:start].rstrip(" "), self.text[end:]
        needs_gap = before[-1:].isalnum() and after[:1].isalnum()
        return before + (" " if needs_gap else "") + after

    def at(self, rng: Random, places: Sequence[int], new: str) -> str | None:
        """Return the text with the token at one of the places replaced; None without places."""
        place = rng.choice(places) if places else -1
        return self.replaced(place, place + 1, new) if places else None

    @cached_property
    def sources(self) -> list[Source]:
        """The tables of the schema that the query reads, in order."""
        return list(self._sources())

    def _sources(self) -> Iterator[Source]:
        depth, lists = 0, list[int]()
        for place, token in enumerate(self.tokens):
            depth += (token.text == "(") - (token.text == ")")
            lists = [level for level in lists if level <= depth]
            if self.reads(place, *_ENDS_FROM) and lists and lists[-1] == depth:
                lists.pop()
            if self.reads(place, *_READS_FROM):
                lists.append(depth)
            elif not (token.text == "," and lists and lists[-1] == depth):
                continue
            table = self.schema.table(self.name(place + 1)) if place + 1 < len(self.tokens) else None
            if table is not None:
                yield self._aliased(place + 1, table)

    def _aliased(self, place: int, table: Table) -> Source:
        after = place + 1
        has_as = self.reads(after, "as")
        alias = after + has_as
        is_name = alias < len(self.tokens) and self.tokens[alias].kind == "name"
        return Source(place, table, alias, has_as) if is_name else Source(place, table)

    @cached_property
    def qualifiers(self) -> list[int]:
        """The places of qualifiers: `T1` of `T1.name`."""
        return [
            place for place in range(len(self.tokens) - 2)
            if self.tokens[place].kind == "name" and self.reads(place + 1, ".") and not self.reads(place - 1, ".")
        ]  # fmt: skip

    @cached_property
    def columns(self) -> list[int]:
        """The places of names that are columns of tables which the query reads."""
        known = {column.name.lower() for source in self.sources for column in source.table.columns}
        taken = {source.place for source in self.sources} | {source.alias for source in self.sources}
        return [
            place for place, token in enumerate(self.tokens)
            if token.kind == "name" and place not in taken and self.name(place) in known
            and not self.reads(place + 1, "(", ".") and not self.reads(place - 1, "as")
        ]  # fmt: skip

    @cached_property
    def functions(self) -> list[int]:
        """The places of names of functions."""
        return [
            place for place, token in enumerate(self.tokens)
            if token.kind == "name" and self.reads(place + 1, "(")
            and not self.reads(place - 1, *_READS_FROM, "as", ".")
        ]  # fmt: skip

    def source_of(self, place: int) -> Source | None:
        """Return the source that a qualifier at a place names; None if that is not plain."""
        name = self.name(place)
        found = [s for s in self.sources if (self.name(s.alias) if s.alias >= 0 else s.table.name.lower()) == name]
        return found[0] if len(found) == 1 else None

    def closing(self, place: int) -> int:
        """Return the place of the bracket that closes the one at a place; -1 if there is none."""
        depth = 0
        for inner in range(place, len(self.tokens)):
            depth += (self.tokens[inner].text == "(") - (self.tokens[inner].text == ")")
            if not depth:
                return inner
        return -1

    def spelt(self, first: int, last: int) -> str:
        """Return the text of the tokens [first, last)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]
