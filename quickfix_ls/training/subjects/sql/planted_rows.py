"""Rows made of valid queries by planting faults; SQLite refuses each broken text and accepts each right one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from random import Random

from rapidfuzz.distance import Levenshtein

from quickfix_ls.languages.sql.breaking import Planted, drawn, planted
from quickfix_ls.languages.sql.breaking.query import Query
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Schema
from quickfix_ls.training.rows import Row
from quickfix_ls.training.subjects.sql.kept_parts import is_confined
from quickfix_ls.training.subjects.sql.made_queries import made_query
from quickfix_ls.training.subjects.sql.sql_tokens import double_quoted, keys_of
from quickfix_ls.training.subjects.sql.sqlite_engine import is_accepted, refusal

SOURCE = "planted"
"""The first part of the ids of these rows."""
DIALECT = "sqlite"
_MADE_UP = 0.5
"""The share of queries from patterns; the others are people's and models'."""
_TWICE = 0.12
"""The share of queries with a second fault."""
_TRIES = 60
"""The number of queries in which a place for a fault is looked for."""


def planted_rows(
    queries: Mapping[str, Sequence[str]],
    schemas: Mapping[str, Schema],
    n: int,
    seed: int = 0,
    faults: Sequence[str] = (),
    made_up: float = _MADE_UP,
) -> Iterator[Row]:
    """Yield at most `n` rows, with the faults named, or with all of them.

    `queries` are valid queries by the id of their schema, `schemas` all schemas by their ids; each schema with queries
    is drawn as often as another. A row's `group` is its schema's id, its `error_type` the first fault's name. A fault
    is drawn by its weight before the query, so that one that few queries have a place for is not rarer for that. The
    same seed gives the same rows.
    """
    rng = Random(f"{seed} {' '.join(faults)}")
    with_queries, all_schemas, seen = sorted(queries), sorted(schemas), set[str]()
    for _ in range(n * 2):
        name = drawn(rng, faults)
        for _ in range(_TRIES):
            if len(seen) >= n:
                return
            is_made = not with_queries or rng.random() < made_up
            schema_id = rng.choice(all_schemas if is_made else with_queries)
            schema = schemas[schema_id]
            text = made_query(schema, rng) if is_made else rng.choice(queries[schema_id])
            found = _broken(text, schema, rng, name, twice=not faults) if text else None
            if found is not None and found.broken not in seen:
                seen.add(found.broken)
                yield row_of(found, schema, schema_id)
                break


def row_of(found: Planted, schema: Schema, group: str) -> Row:
    """Return the row of a query with planted faults."""
    digest = hashlib.sha256(f"{group}\0{found.broken}\0{found.fixed}".encode()).hexdigest()[:12]
    return Row(
        id=f"{SOURCE}-{digest}",
        kind=QUERY,
        broken=found.broken,
        fixed=found.fixed,
        error=refusal(schema, found.broken),
        line=1,
        edit_tokens=Levenshtein.distance(keys_of(found.broken), keys_of(found.fixed)),
        group=group,
        error_type=found.faults[0],
        lang="sql",
        environment=SqlEnvironment(DIALECT, schema),
    )


def _broken(text: str, schema: Schema, rng: Random, name: str, *, twice: bool) -> Planted | None:
    """Return a query with a fault that SQLite refuses, at times with a second one if `twice`; None if the fault finds
    no place, or breaks nothing."""
    found = planted(Query(text, schema), rng, name)
    if found is None or not refusal(schema, found.broken) or not is_accepted(schema, found.fixed, double_quoted(text)):
        return None
    if twice and found.fixed == text and rng.random() < _TWICE:
        again = planted(Query(found.broken, schema), rng, drawn(rng))
        if again is not None and again.fixed == found.broken and _needs_both(schema, again.broken, text):
            return Planted(again.broken, text, found.faults + again.faults)
    return found


def _needs_both(schema: Schema, broken: str, text: str) -> bool:
    """Return whether SQLite refuses a text as long as either of its two faults is left."""
    accepts = partial(is_accepted, schema, known_texts=double_quoted(broken))
    error = refusal(schema, broken)
    return bool(error) and is_confined(schema, broken, text, error, accepts)
