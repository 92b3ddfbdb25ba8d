"""Decide what an engine's message is about where its words alone leave that open."""

from __future__ import annotations

import re

from quickfix_ls.languages.sql.engines.message import CALL, TYPES, EngineMessage
from quickfix_ls.languages.sql.functions import accepts, functions_of
from quickfix_ls.languages.sql.lexer import lex, unquoted
from quickfix_ls.schema.tables import Schema

_IS_OPERATOR = re.compile(r"\W+")


def settled(message: EngineMessage, statement: str, dialect: str, *schemas: Schema) -> EngineMessage:
    """Return a message with the code of the problem, and the name that is at fault.

    - A call that fits no form of its function: the function, the number of arguments, or their types may be wrong.
    - Most engines call a column of an unknown table or alias an unknown column (`c.name`).
    - An engine that does not find `shop.orders` does not tell whether there is a table `orders` elsewhere.
    """
    name = message.name
    if message.code == CALL:
        return message._replace(code=_code_of_call(message, dialect))
    if message.code == "UnknownColumn":
        for alias in (name[:-1], name):
            if alias and _is_qualifier_only(alias[-1], statement):
                return message._replace(code="UnknownAlias", name=alias)
    is_in_schema = message.code == "UnknownTable" and len(name) > 1
    if is_in_schema and any(schema.table(name[-1]) is not None for schema in schemas):
        return message._replace(code="UnknownSchema", name=name[:-1])
    return message


def _code_of_call(message: EngineMessage, dialect: str) -> str:
    name = message.name[-1] if message.name else ""
    if _IS_OPERATOR.fullmatch(name):
        return TYPES
    functions = functions_of(dialect if dialect in message.dialects else message.dialects[0])
    counts = functions.get(name.lower())
    if counts is None:
        return "UnknownFunction"
    return TYPES if accepts(counts, message.arguments) else "Arguments"


def _is_qualifier_only(name: str, statement: str) -> bool:
    """Return whether a name stands in a statement, but only before a dot, so that nothing is called so."""
    tokens = [token for token in lex(statement) if token.kind not in ("comment", "newline")]
    places = [at for at, token in enumerate(tokens) if unquoted(token.text).lower() == name.lower()]
    return bool(places) and all(at + 1 < len(tokens) and tokens[at + 1].text == "." for at in places)
