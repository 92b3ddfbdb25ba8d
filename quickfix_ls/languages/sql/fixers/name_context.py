"""What the fixers of names look at: the failed look-up, the places of the name, and what it may stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quickfix_ls.context import Context
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.meaning import Meaning
from quickfix_ls.languages.sql.names.quoting import is_plain, written
from quickfix_ls.languages.sql.names.references import ColumnReference
from quickfix_ls.languages.sql.names.resolution import NameFault
from quickfix_ls.languages.sql.names.scopes import Scope, Source
from quickfix_ls.values import Edit, Span


@dataclass(frozen=True)
class FailedLookup:
    """A name that refers to nothing or to several things, in its statement."""

    fault: NameFault
    meaning: Meaning
    dialect: str

    @property
    def scope(self) -> Scope:
        assert self.fault.scope is not None
        return self.fault.scope

    def same(self) -> Iterator[ColumnReference]:
        """Yield the references of the statement that fail in the same way, this one included: the same name with the
        same qualifier, in a scope that reads from the same sources."""
        wanted = self.fault.name.lower(), self.fault.qualifier.lower()
        for fault in self.meaning.faults:
            if fault.code == self.fault.code and (fault.name.lower(), fault.qualifier.lower()) == wanted:
                is_here = fault.scope is self.fault.scope or _shares(fault.scope, self.fault.scope)
                if is_here and isinstance(fault.reference, ColumnReference):
                    yield fault.reference


def failed_lookup(context: Context) -> FailedLookup | None:
    """Return the failed look-up that a problem is about; None if it is about something else."""
    return context.derived(_failed_lookup)


def _failed_lookup(context: Context) -> FailedLookup | None:
    meaning = meaning_in(context.index, context.region)
    environment = context.index.environment
    assert isinstance(environment, SqlEnvironment)
    start = context.offset
    for fault in meaning.faults:
        if fault.span.start == start and fault.code == context.problem.code:
            return FailedLookup(fault, meaning, environment.dialect)
    return None


def place_of(identifier: Any) -> Span | None:
    """Return the span of an identifier in its region; None if it is not written there."""
    start, end = identifier.meta.get("start"), identifier.meta.get("end")
    return None if start is None or end is None else Span(start, end + 1)


def replacing(context: Context, identifier: Any, text: str) -> Edit | None:
    """Return the edit that writes `text` in the place of an identifier."""
    span = place_of(identifier)
    return None if span is None else context.edit(span.start, span.end, text)


def written_at(context: Context, identifier: Any) -> str:
    """Return an identifier as the text has it."""
    span = place_of(identifier)
    return context.region.text[span.start : span.end] if span is not None else ""


def qualifier_of(source: Source, dialect: str) -> str:
    """Return the name of a source as a qualifier of columns: in quotes only if the query has it in quotes, since a name
    without them may be folded to another case."""
    return written(source.name, dialect) if source.is_quoted else source.name


def columns_with_sources(scope: Scope) -> Iterator[tuple[Source, str]]:
    """Yield every column that can be read in a scope, with its source."""
    for source in scope.visible:
        for column in source.table.columns:
            yield source, column.name


def _shares(one: Scope | None, two: Scope | None) -> bool:
    """Return whether one scope is around the other, so that a name means the same in both."""
    if one is None or two is None:
        return False
    return any(scope is two for scope in one.outward()) or any(scope is one for scope in two.outward())


def named(context: Context, name: str, like: str = "") -> str:
    """Return a name as it is written in the statement (`quoting.written`): where it needs quotes, with those that the
    statement already uses for names."""
    environment = context.index.environment
    assert isinstance(environment, SqlEnvironment)
    if not like.startswith(('"', "`", "[")) and not is_plain(name, environment.dialect):
        used = next((token.text[0] for token in context.tokens if token.kind == "name" and token.text[0] in '`"'), "")
        if used == "`" and environment.dialect in ("", "sqlite"):
            return f"`{name}`"
    return written(name, environment.dialect, like)
