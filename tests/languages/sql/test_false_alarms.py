"""Nothing is reported of valid SQL, in its own dialect or where none is known, with a schema or without."""

from __future__ import annotations

import pytest
from valid_statements import ANY, BY_DIALECT, FILES, statements_of

from quickfix_ls.problems import find_all
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from tests.kit_sql import schema_of, sql_index

WIDE = schema_of(
    t="id a b c d e x y z k p s v arr tags data at name price kind n f g o r tmp",
    u="id a b c d x y",
    v="id a b",
)
OWN = [(dialect, text) for dialect, block in BY_DIALECT.items() for text in statements_of(block)]
EVERYWHERE = [(dialect, text) for dialect in BY_DIALECT if dialect for text in statements_of(ANY)]


def told(text: str, dialect: str, schema: Schema = NO_SCHEMA) -> list[str]:
    return [f"{problem.message} at {problem.span}" for problem in find_all(sql_index(text, dialect, schema))]


@pytest.mark.parametrize(("dialect", "text"), OWN, ids=[f"{dialect or 'any'}-{text[:50]}" for dialect, text in OWN])
def test_a_statement_of_a_dialect(dialect: str, text: str) -> None:
    assert told(text, dialect) == []
    assert told(text, "") == []


@pytest.mark.parametrize(("dialect", "text"), EVERYWHERE, ids=[f"{d}-{text[:40]}" for d, text in EVERYWHERE])
def test_a_statement_of_all_dialects(dialect: str, text: str) -> None:
    assert told(text, dialect) == []


@pytest.mark.parametrize("dialect", [dialect for dialect in BY_DIALECT if dialect])
def test_with_a_schema_that_is_open(dialect: str) -> None:
    schema = Schema(WIDE.tables, closed=False)
    for text in (*statements_of(ANY), *statements_of(BY_DIALECT[dialect])):
        assert [one for one in told(text, dialect, schema) if "syntax" in one or "complete" in one] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file(name: str) -> None:
    dialect, text = FILES[name]
    assert told(text, dialect) == []
    assert told(text, "") == []


def test_there_are_many_statements() -> None:
    assert len(OWN) >= 150
