"""The errors of a well-formed statement: names that refer to nothing or to several things, and what its engine refuses.

For SQLite, the engine itself decides whether there is an error (`sqlite_judge`), if all tables of the statement are
known; our own look-up of names tells where it is and what is meant. For other dialects the look-up alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from quickfix_ls.index.syntax import SyntaxFault
from quickfix_ls.languages.sql.calls import call_errors, is_meant
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.facts import FileTables
from quickfix_ls.languages.sql.grouping import aggregate_errors, grouping_errors
from quickfix_ls.languages.sql.lexer import lex, unquoted
from quickfix_ls.languages.sql.names.references import References
from quickfix_ls.languages.sql.names.resolution import NameFault, name_errors
from quickfix_ls.languages.sql.parsing import parsed
from quickfix_ls.languages.sql.placeholders import is_unknown
from quickfix_ls.languages.sql.sqlite_judge import complaint
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Schema, Table
from quickfix_ls.values import Span

_PHASES = ("no such table:", "no such table or alias", "no such column", "ambiguous", "no such function")
_CODES = {
    r"no such table: (?P<name>[^.]+)$": "UnknownTable",
    r"no such column: (?P<name>.+)": "UnknownColumn",
    r"ambiguous column name: (?P<name>.+)": "AmbiguousColumn",
    r"no such function: (?P<name>.+)": "UnknownFunction",
    r"misuse of (?:aggregate|window)(?: function)?:? (?P<name>\w+)\(\)": "Aggregate",
    r"misuse of aliased (?:aggregate|window function) (?P<name>\w+)": "Aggregate",
    r"wrong number of arguments to function (?P<name>\w+)\(\)": "Arguments",
    r"aggregate functions are not allowed in the GROUP BY clause": "GroupBy",
    r"a GROUP BY clause is required before HAVING|HAVING clause on a non-aggregate query": "GroupBy",
    r"SELECTs to the left and right of|sub-select returns|table .* has \d+ columns but|\d+ values for": "Columns",
    r"row value misused": "Columns",
    r"\d+\w\w (?:ORDER|GROUP) BY term": "OrderBy",
    r"(?:ORDER BY|LIMIT) clause should come (?:before|after)": "OrderBy",
    r"a JOIN clause is required before ON": "Join",
}


def phase_of(message: str) -> int:
    """Return the phase of reading a statement to which an error with this message belongs: tables come before the
    qualifiers that may name them, these before columns, columns before the rest, and errors of syntax before all."""
    if message.startswith(("syntax error", "the statement", "the text")):
        return 0
    return next((phase for phase, start in enumerate(_PHASES, 1) if message.startswith(start)), len(_PHASES) + 1)


@dataclass(frozen=True)
class Meaning:
    """What is known of a well-formed text: its `errors` in the order of their phases and places, the name look-ups that
    failed (`faults`), and the `references` of each of its statements. `schema` are all tables that it can use."""

    errors: tuple[SyntaxFault, ...]
    faults: tuple[NameFault, ...]
    references: tuple[References, ...]
    schema: Schema
    trees: Sequence[Any]


def first_error(text: str, environment: object, summary: Any) -> SyntaxFault | None:
    """Return the first error of a well-formed text; see `Syntax.meaning`."""
    assert isinstance(environment, SqlEnvironment)
    assert isinstance(summary, FileTables)
    errors = meaning_of(text, environment, summary.schema).errors
    return errors[0] if errors else None


@lru_cache(maxsize=1024)
def meaning_of(text: str, environment: SqlEnvironment, of_file: Schema) -> Meaning:
    """Read a text with the tables of its environment and of its file. Never raises."""
    schema = joined(environment.schema, of_file)
    trees = parsed(text, environment.dialect).trees
    faults: list[NameFault] = []
    references: list[References] = []
    for tree in trees:
        try:
            found, read = name_errors(tree, schema, environment.dialect, text)
        except (RecursionError, AttributeError, TypeError):
            # A construct that the walk does not know: nothing is said of its names.
            continue
        faults += found
        references.append(read)
    errors = [_error_of(fault) for fault in faults]
    # A query of which parts are not known can't be prepared: only its names are looked up.
    is_whole = not is_unknown(text)
    if environment.dialect == "sqlite" and trees and is_whole:
        faults, errors = _judged_by_sqlite(text, schema, faults, references)
    elif not errors:
        for tree, read in zip(trees, references, strict=False):
            errors += call_errors(tree, text, schema, environment.dialect)
            errors += [] if errors else aggregate_errors(read, text)
            errors += [] if errors else grouping_errors(tree, read, environment.dialect)
        if not is_whole:
            errors = [error for error in errors if error.code == "UnknownFunction" and not is_unknown(error.name)]
    errors.sort(key=lambda error: (phase_of(error.message), error.span))
    return Meaning(tuple(dict.fromkeys(errors)), tuple(faults), tuple(references), schema, trees)


@lru_cache(maxsize=8)
def joined(schema: Schema, of_file: Schema) -> Schema:
    """Return the tables of the environment with those that the file itself creates."""
    if not of_file.tables:
        return schema
    return replace(schema.joined(of_file), closed=schema.closed)


def _judged_by_sqlite(
    text: str, schema: Schema, faults: list[NameFault], references: Sequence[References]
) -> tuple[list[NameFault], list[SyntaxFault]]:
    """Return the faults and errors that SQLite confirms, and its own complaint if none of ours is about it."""
    errors = [_error_of(fault) for fault in faults]
    if not _are_known(references, schema):
        return faults, errors
    refusal = complaint(text, tables_named(text, schema), schema.functions)
    if refusal is None or refusal.sort == "syntax":
        return [], []
    if errors:
        return faults, errors
    if refusal.message.startswith("no such column"):
        hidden = _hidden_column(refusal.message, references)
        return ([hidden], [_error_of(hidden)]) if hidden is not None else ([], [])
    if refusal.message.startswith("no such table") and not schema.closed:
        return [], []
    found = _read(text, refusal.message)
    return [], [found] if found is not None else []


def _error_of(fault: NameFault) -> SyntaxFault:
    return SyntaxFault(fault.message, fault.code, fault.span, QUERY, fault.name)


def _hidden_column(message: str, references: Sequence[References]) -> NameFault | None:
    """Return the fault for a column that SQLite does not find where our look-up finds it further out: it can't be read
    there, such as in the GROUP BY clause of a subquery."""
    qualifier, _, name = message.partition(": ")[2].rpartition(".")
    for read in references:
        for reference in read.columns:
            node = reference.node
            start, end = node.this.meta.get("start"), node.this.meta.get("end")
            is_it = node.name.lower() == name.lower() and node.table.lower() == qualifier.lower()
            if not is_it or start is None or any(s.table.column(name) for s in reference.scope.sources):
                continue
            inner = replace(reference, scope=replace(reference.scope, outer=None))
            return NameFault("UnknownColumn", message, name, Span(start, end + 1), qualifier, inner.scope, inner)
    return None


def tables_named(text: str, schema: Schema) -> tuple[Table, ...]:
    """Return the tables whose names stand in a text."""
    found: dict[Table, None] = {}
    for token in lex(text):
        if token.kind in ("name", "keyword", "string"):
            name = unquoted(token.text) if token.kind != "string" else token.text[1:-1]
            found.update(dict.fromkeys(schema.named(name)))
    return tuple(sorted(found, key=lambda table: (table.namespace, table.name)))


def _are_known(references: Iterable[References], schema: Schema) -> bool:
    """Return whether the columns of all tables that are read are known."""
    return all(
        source.table.closed or not source.is_table or schema.closed
        for read in references
        for scope in read.scopes
        for source in scope.sources
    )


def _read(text: str, message: str) -> SyntaxFault | None:
    """Return an error that SQLite alone reports, at the name that its message tells; None if it is none of ours."""
    for pattern, code in _CODES.items():
        found = re.match(pattern, message)
        if found is None:
            continue
        name = found.groupdict().get("name") or ""
        bare = name.rpartition(".")[2]
        if code == "UnknownFunction" and not is_meant(bare, "sqlite"):
            return None
        return SyntaxFault(message, code, _place(text, bare, is_function=code in _OF_FUNCTIONS), QUERY, bare)
    return None


_OF_FUNCTIONS = frozenset({"UnknownFunction", "Aggregate", "Arguments"})


def _place(text: str, name: str, *, is_function: bool) -> Span:
    """Return the first place of a name in a statement, of a function before its bracket; the first word if there is
    none."""
    tokens = [token for token in lex(text) if token.kind not in ("comment", "newline")]
    for at, token in enumerate(tokens):
        if unquoted(token.text).lower() == name.lower():
            is_called = at + 1 < len(tokens) and tokens[at + 1].text == "("
            if is_called or not is_function:
                return Span(token.start, token.end)
    return Span(tokens[0].start, tokens[0].end) if tokens else Span(0, 0)
