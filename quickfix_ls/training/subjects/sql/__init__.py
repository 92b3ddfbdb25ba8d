"""SQL as training and evaluation see it: statements are judged by SQLite with the row's schema.

A row's target is `near`, the closest accepted statement that any model wrote, where it has one: the reference answer in
`fixed` differs by much more than the error. `near` is not known to be right, so a first offer is judged in two ways:

- `accepted`: SQLite prepares the fixed statement (`prepares`), every name resolves (`resolves`), and nothing outside of
  the failing part changed (`confined`, defined in `kept_parts`).
- `equals near`: for rows whose `near` differs by at most NEAR_TOKENS tokens, the same tokens, with upper and lower case
  alike outside of strings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import NO_SCHEMA, Schema
from quickfix_ls.training.rows import Row
from quickfix_ls.training.subjects import Subject
from quickfix_ls.training.subjects.sql.corpus import made_count, made_rows, train_token_model
from quickfix_ls.training.subjects.sql.kept_parts import is_confined
from quickfix_ls.training.subjects.sql.schema_files import SCHEMAS, read_schemas
from quickfix_ls.training.subjects.sql.sql_tokens import double_quoted, keys_of
from quickfix_ls.training.subjects.sql.sqlite_engine import is_accepted, refusal
from quickfix_ls.values import Span

NEAR_TOKENS = 6
PRECISION = 0.985
"""The lower bound of the share of right offers among the preferred ones. It is higher than Python's, since it is
measured on planted faults alone."""
ROUNDS = 220
"""The number of boosted trees: fewer rows than for Python, and a smaller model."""


def verdicts(row: Row, text: str | None) -> dict[str, bool]:
    """Judge the first offer for a row, None if there is none; see above."""
    judged = {"accepted": False, "prepares": False, "resolves": False, "confined": False}
    schema = schema_of(row)
    if text is not None:
        accepts = partial(is_accepted, schema, known_texts=double_quoted(row.broken))
        judged["prepares"] = not refusal(schema, text)
        judged["resolves"] = judged["prepares"] and accepts(text)
        judged["confined"] = is_confined(schema, row.broken, text, row.error, accepts)
        judged["accepted"] = judged["resolves"] and judged["confined"]
    if row.edit_tokens <= NEAR_TOKENS:
        judged["equals near"] = text is not None and is_equal(text, row.fixed)
    return judged


def schema_of(row: Row) -> Schema:
    """Return the schema of a row."""
    assert isinstance(row.environment, SqlEnvironment)
    return row.environment.schema


def is_equal(text: str, other: str) -> bool:
    """Return whether two texts have the same tokens, with upper and lower case alike outside of strings."""
    return keys_of(text) == keys_of(other)


def _environments(path: Path, schemas: Path | None) -> Callable[[Mapping[str, Any]], SqlEnvironment]:
    place = schemas or path.with_name(SCHEMAS)
    known = read_schemas(place) if schemas or place.exists() else {}
    return lambda value: SqlEnvironment(
        str(value.get("dialect") or ""), known.get(str(value.get("schema_id", "")), NO_SCHEMA)
    )


def _target(value: Mapping[str, Any]) -> tuple[str, int, bool]:
    near = value.get("near")
    if isinstance(near, str):
        return near, int(value.get("near_tokens", value["edit_tokens"])), False
    return value["fixed"], value["edit_tokens"], True


def _asked(row: Row, snapshot: Snapshot) -> Span:
    """Return the whole text: most of SQLite's messages state no line."""
    return Span(0, len(snapshot.text))


SUBJECT = Subject(
    name="sql",
    kind=lambda value: QUERY,
    environments=_environments,
    target=_target,
    asked=_asked,
    is_exact=lambda kind, text, fixed: is_equal(text, fixed),
    words=keys_of,
    is_right=lambda row, text: is_equal(text, row.fixed),
    is_well_formed=lambda row, text: not refusal(schema_of(row), text),
    verdicts=verdicts,
    train_token_model=train_token_model,
    made_rows=made_rows,
    made_count=made_count,
    corpus="valid queries of people and models, and queries from patterns, broken by realistic errors",
    is_known=lambda row: row.plain,
    rounds=ROUNDS,
    precision=PRECISION,
    verdict_names=("accepted", "equals near", "prepares", "resolves", "confined"),
)
