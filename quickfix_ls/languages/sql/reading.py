"""Conversion of a tool's diagnostic about SQL to a problem: the tool says that something is wrong, our own analysis
decides where and what, and a suggestion of the tool is kept as a hint that may be wrong."""

from __future__ import annotations

import re
from dataclasses import replace

from quickfix_ls.index.index import Index
from quickfix_ls.languages.sql import checkers, engines
from quickfix_ls.languages.sql.engines.message import EngineMessage, Name
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.findings import findings
from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.message_codes import settled
from quickfix_ls.languages.sql.message_places import Place, offsets_of, place_of, token_at
from quickfix_ls.problems import distance
from quickfix_ls.problems.syntax_errors import syntax_problems
from quickfix_ls.values import Problem, Reported, Span

_MESSAGES = {
    "UnknownColumn": "no such column: {name}",
    "UnknownTable": "no such table: {name}",
    "UnknownAlias": "no such table or alias: {name}",
    "UnknownFunction": "no such function: {name}",
    "UnknownSchema": "no such schema: {name}",
    "AmbiguousColumn": "ambiguous column name: {name}",
    "GroupBy": "column {name} must be in the GROUP BY clause or in an aggregate function",
    "Arguments": "wrong number of arguments to function {name}()",
}
"""Our wording of what tools report in theirs, so that a problem that several tools report is the same problem."""

_SYNTAX = re.compile(
    r"\bsyntax\b|\bpars(?:e|er|ing)\b|\bunexpected\b|\bexpect(?:ed|ing)\b|\bunterminated\b", re.IGNORECASE
)


def problem_of(index: Index, reported: Reported) -> Problem | None:
    """Return the problem that a diagnostic is about; None if it is not about anything that we can fix.

    If our analysis finds an error at the same place, the result is that problem, with the tool's message and hints. A
    syntax error is always the one that our own parser finds.
    """
    assert isinstance(index.environment, SqlEnvironment)
    dialect = index.environment.dialect
    message = _interpreted(reported, dialect)
    if message is None:
        return None
    statement = _statement_at(index, reported.span)
    if message.code == "SyntaxError":
        return _syntax_error(index, statement, message, reported)
    text, file = index.snapshot.text, index.summary
    assert isinstance(file, FileTables)
    message = settled(message, text[statement.start : statement.end], dialect, index.environment.schema, file.schema)
    place = place_of(text, statement, message, reported.span)
    if message.name and place is None:
        return None  # the name has been changed since
    if place is None:
        token = token_at(text, statement, message)
        place = Place(token, token) if token is not None else None
    own = _own(index, place, message, statement)
    if own is not None:
        hints = _hints(message, own.code)
        return replace(own, reported=_shown(reported), hints=tuple(dict.fromkeys((*hints, *own.hints))))
    return _taken_on_trust(index, message, place, reported)


def _interpreted(reported: Reported, dialect: str) -> EngineMessage | None:
    """Return what a diagnostic says: by the table of its tool, or by those of the engines, whose words tools repeat."""
    reading = checkers.read(reported)
    if reading is not None:
        hints = tuple((hint,) for hint in reading.hints)
        return EngineMessage(reading.code, (reading.name,) if reading.name else (), hints)
    message = engines.read(reported.message, dialect)
    is_syntax = message is None and not checkers.is_known(reported.source) and _SYNTAX.search(reported.message)
    return EngineMessage("SyntaxError") if is_syntax else message


def _statement_at(index: Index, span: Span) -> Span:
    """Return the span of the statement at a span."""
    region = index.region(index.unit_at(span.start))
    return Span(region.start, region.start + len(region.text))


def _syntax_error(index: Index, statement: Span, message: EngineMessage, reported: Reported) -> Problem | None:
    """Return the syntax error that our parser finds in the reported statements, or else in one beside them; the nearest
    to where the tool sees one. None if it finds none: what it takes can't be judged."""
    first, last = index.unit_at(reported.span.start), index.unit_at(reported.span.end)
    offset = next(offsets_of(index.snapshot.text, statement, message.position), None)
    at = reported.span if offset is None else Span(offset, offset)
    beside = max(0, first - 1), min(last + 1, len(index.cuts) - 1)
    for units in ((first, last), beside):
        faults = sorted(syntax_problems(index, *units), key=lambda problem: distance(problem, at))
        if faults:
            return replace(faults[0], reported=_shown(reported))
    return None


def _own(index: Index, place: Place | None, message: EngineMessage, statement: Span) -> Problem | None:
    """Return our own finding at a place; of those elsewhere in the statement, one that is about the same."""
    unit = index.unit_at(statement.start)
    found = list(findings(index, unit, unit))
    if place is not None:
        within = [own for own in found if place.whole.start <= own.span.start and own.span.end <= place.whole.end]
        if within:
            return min(within, key=lambda own: own.span != place.span)
    name = message.name[-1].lower() if message.name else ""
    same = (own for own in found if own.code == message.code and name in ("", own.name.lower()))
    return next(same, None)


def _taken_on_trust(index: Index, message: EngineMessage, place: Place | None, reported: Reported) -> Problem:
    """Return the problem as the tool alone sees it."""
    span = place.span if place is not None else reported.span
    marked = unquoted(index.snapshot.text[span.start : span.end])
    # PostgreSQL marks the function without telling its name.
    is_named = bool(message.name) or (message.code == "Aggregate" and marked.isidentifier())
    name = marked if is_named else ""
    told = _MESSAGES.get(message.code) if name else None
    text = told.format(name=name) if told else reported.message.strip().partition("\n")[0]
    origin = f"client:{reported.source}" if reported.source else "client"
    hints = _hints(message, message.code)
    return Problem(message.kind, text, message.code, span, name, origin, _shown(reported), hints)


def _hints(message: EngineMessage, code: str) -> tuple[str, ...]:
    """Return the suggested names in the form in which they can replace the name at fault of a problem.

    A column is suggested without its table, unless the table is what is wrong: then the name would not change. Of a
    wrong alias the suggestion is the table's name or alias.
    """
    at = -2 if code in ("UnknownAlias", "UnknownSchema") else -1
    return tuple(dict.fromkeys(filter(None, (_hint(message.name, hint, at) for hint in message.hints))))


def _hint(name: Name, hint: Name, at: int) -> str:
    found = hint[at] if len(hint) >= -at else hint[-1]
    if not name or found != name[-1]:
        return found
    return ".".join(hint[-2:]) if len(hint) > 1 and hint[-2:] != name[-2:] else ""


def _shown(reported: Reported) -> str:
    """Return the message of a tool, preceded by the tool's name where that is known."""
    return f"{reported.source}: {reported.message}" if reported.source else reported.message
