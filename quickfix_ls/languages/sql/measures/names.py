"""Features of a change that gives a table, column, alias or function of a query another name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quickfix_ls.context import Context
from quickfix_ls.languages.sql.findings import meaning_in
from quickfix_ls.languages.sql.lexer import unquoted
from quickfix_ls.languages.sql.meaning import Meaning
from quickfix_ls.languages.sql.names.similarity import distance, likely, similarity, word_likeness
from quickfix_ls.lexing.tokens import Token
from quickfix_ls.ranking.features import Feature, category
from quickfix_ls.ranking.measures import Changed, bucket

FEATURES = (
    category("name_code", "the sort of the error"),
    Feature("name_likeness", "of the old and the new name, by letters, words and abbreviations", "ratio", 0, 1),
    Feature("name_words", "of their words alone", "ratio", 0, 1),
    Feature("name_distance", "OSA distance in lower case; -1 where no name is replaced", "edits", -1, 40),
    Feature("name_length", "of the old name", "characters", 0, 80),
    Feature("name_lead", "by how much its likeness leads that of the best other name, or trails it", "ratio", -1, 1),
    Feature("name_rivals", "other names that can be read there and are as near", "names", 0, 50),
    Feature("name_elsewhere", "tables that have the old name as a column, exactly", "tables", 0, 50),
    Feature("name_again", "the new name stands elsewhere in the statement", "places", 0, 50),
    Feature("names_changed", "different names that change", "names", 0, 20),
    Feature("qualifier_changed", "a qualifier comes or changes", "flag", 0, 1),
    Feature("source_place", "the place among the sources of the one that is read now", "sources", -1, 20),
    Feature("equated", "the sources between which the name is ambiguous are joined by it", "flag", 0, 1),
    Feature("joins_added", "joins that come", "joins", 0, 10),
    Feature("tables_changed", "tables that are read now and were not", "tables", -5, 10),
    Feature("hint_rank", "the place of the new name among the engine's hints; -1 where it is none", "names", -1, 20),
    Feature("errors_left", "errors of names that are left", "errors", 0, 50),
    Feature("errors_fewer", "by how many they become fewer", "errors", -20, 20),
    Feature("type_fits", "the column's type fits what it is compared with: 1, does not: -1, unknown: 0", "sign", -1, 1),
)


def name_measures(changed: Changed) -> dict[str, float]:
    """Return the features that compare the names before and after."""
    context, change = changed.group.context, changed.change
    before, after = meaning_in(context.index, change.before), meaning_in(context.index, change.after)
    old, new = _words(changed.run.before), _words(changed.run.after)
    gone = [word for word in dict.fromkeys(old) if old.count(word) > new.count(word)]
    come = [word for word in dict.fromkeys(new) if new.count(word) > old.count(word)]
    name = context.problem.name
    target = max(come, key=lambda word: similarity(name, word), default="") if name in gone else ""
    likeness = similarity(name, target) if target else 0.0
    names = context.derived(_readable)
    others = [similarity(name, other) for other in names if other.lower() not in (target.lower(), name.lower())]
    statement = [unquoted(token.text).lower() for token in context.tokens if token.kind == "name"]
    hints = [hint.lower() for hint in context.problem.hints]
    return {
        "name_code": bucket(context.problem.code),
        "name_likeness": likeness,
        "name_words": word_likeness(name, target) if target else 0.0,
        "name_distance": distance(name, target) if target else -1,
        "name_length": len(name),
        "name_lead": likeness - max(others, default=0.0),
        "name_rivals": sum(other >= likeness for other in others),
        "name_elsewhere": len(before.schema.with_column.get(name.lower(), ())),
        "name_again": statement.count(target.lower()) if target else 0,
        "names_changed": len(gone),
        "qualifier_changed": float(_qualifiers(changed.run.before) != _qualifiers(changed.run.after)),
        "source_place": _source_place(after, target),
        "equated": float(_is_equated(after, name)),
        "joins_added": max(0, new.count("join") - old.count("join")),
        "tables_changed": len(_tables(after) - _tables(before)),
        "hint_rank": hints.index(target.lower()) if target.lower() in hints else -1,
        "errors_left": len(after.errors),
        "errors_fewer": len(before.errors) - len(after.errors),
        "type_fits": _type_fits(after, target),
    }


def _readable(context: Context) -> tuple[str, ...]:
    """Return every name that the tables of a statement make readable, and those of all tables."""

    meaning = meaning_in(context.index, context.region)
    scopes = [scope for read in meaning.references for scope in read.scopes]
    columns = {column.name for scope in scopes for source in scope.sources for column in source.table.columns}
    aliases = {source.name for scope in scopes for source in scope.sources if source.name}
    tables = {table.name for table in meaning.schema.tables} if context.problem.code == "UnknownTable" else set()
    return tuple(sorted(likely(context.problem.name, tables or (columns | aliases))))


def _words(tokens: Sequence[Token]) -> list[str]:
    return [
        unquoted(token.text) if token.kind == "name" else token.text.lower()
        for token in tokens
        if token.kind in ("name", "keyword")
    ]


def _qualifiers(tokens: Sequence[Token]) -> list[str]:
    return [a.text.lower() for a, b in pairwise(tokens) if b.text == "." and a.kind == "name"]


def _tables(meaning: Meaning) -> set[str]:
    return {reference.node.name.lower() for read in meaning.references for reference in read.tables}


def _source_place(meaning: Meaning, target: str) -> int:
    for read in meaning.references:
        for reference in read.columns:
            if reference.node.name.lower() == target.lower():
                sources = reference.scope.visible
                wanted = reference.node.table.lower()
                for place, source in enumerate(sources):
                    has = source.table.column(target) is not None
                    if has and (not wanted or source.name.lower() == wanted):
                        return place
    return -1


def _is_equated(meaning: Meaning, name: str) -> bool:
    """Return whether a join compares two columns with this name, so that they have the same value in each row."""
    for read in meaning.references:
        for reference in read.columns:
            parent = reference.node.parent
            if reference.clause == "on" and type(parent).__name__ == "EQ":
                names = {getattr(parent.this, "name", "").lower(), getattr(parent.expression, "name", "").lower()}
                if names == {name.lower()}:
                    return True
    return False


def _type_fits(meaning: Meaning, target: str) -> int:
    """Return whether a column's type fits the literal that it is compared with, by the first comparison found."""
    for read in meaning.references:
        for reference in read.columns:
            if reference.node.name.lower() != target.lower():
                continue
            parent = reference.node.parent
            other = parent.args.get("expression") if parent is not None else None
            if other is None or type(other).__name__ != "Literal":
                continue
            source = next((s for s in reference.scope.visible if s.table.column(target)), None)
            column = source.table.column(target) if source is not None else None
            if column is None or not column.type:
                return 0
            is_numeric = any(word in column.type.upper() for word in ("INT", "NUM", "REAL", "FLOAT", "DOUBLE", "DEC"))
            return 1 if is_numeric != bool(other.is_string) else -1
    return 0
