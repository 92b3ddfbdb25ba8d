"""What the models of SQL are trained on: rows with planted faults, and the words of valid queries."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from quickfix_ls.errors import UsageError
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.lexer import WORDS, lex
from quickfix_ls.languages.sql.token_words import CLASSES, TOKENIZER, class_of
from quickfix_ls.plausibility import FILE
from quickfix_ls.schema.tables import Schema
from quickfix_ls.training.rows import Row, RowFile
from quickfix_ls.training.subjects.sql.made_queries import made_query
from quickfix_ls.training.subjects.sql.planted_rows import planted_rows
from quickfix_ls.training.subjects.sql.schema_files import SCHEMAS, read_schemas

MADE_ROWS, QUICK_ROWS = 4000, 150
_ORDER, _LARGEST = 4, 60_000
_PATTERNS = 3000
"""The number of queries from patterns that the token model learns from."""
_WIDESPREAD = 4
"""A word belongs to the vocabulary if queries for as many databases have it: others are names of one schema."""
_SIGNS = "( ) [ ] , ; . = == != < > <= >= <> + - * / % || | & << >> :: : ? $"


def made_rows(
    sources: Sequence[RowFile], seed: int, quick: bool, advance: Callable[[int], None], jobs: int
) -> list[Row]:
    """Return rows of valid queries with planted faults; see `subjects.Subject.made_rows`."""
    queries, schemas = _queries(sources)
    found = []
    for row in planted_rows(queries, schemas, made_count(quick), seed):
        found.append(row)
        advance(1)
    return found


def made_count(quick: bool) -> int:
    """Return the number of rows to make."""
    return QUICK_ROWS if quick else MADE_ROWS


def train_token_model(sources: Sequence[RowFile], folder: Path, advance: Callable[[int, int], None]) -> None:
    """Write the token model of valid queries, and its card."""
    from quickfix_ls.training.model_files import today
    from quickfix_ls.training.token_model import write_token_model

    queries, schemas = _queries(sources)
    rng, texts = Random(0), [(schema_id, text) for schema_id in sorted(queries) for text in queries[schema_id]]
    for _ in range(_PATTERNS):
        schema_id = rng.choice(sorted(schemas))
        texts.append((schema_id, made_query(schemas[schema_id], rng) or ""))
    words = [TOKENIZER.words(lex(text)) for _, text in texts]
    facts = write_token_model(
        folder / FILE, words, _vocabulary([owner for owner, _ in texts], words), class_of, _ORDER, _LARGEST
    )
    card = {
        "what": "token language model of SQL, back-off n-grams",
        "data": f"{len(texts) - _PATTERNS} valid queries of the data, and {_PATTERNS} from patterns over its schemas",
        "databases": len(schemas),
        "date": today(),
        **facts,
    }
    (folder / FILE).with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    advance(len(texts), len(texts))


def _vocabulary(owners: Sequence[str], words: Sequence[Sequence[str]]) -> list[str]:
    """Return the classes, the keywords and signs, and the words that queries for several databases have."""
    databases: dict[str, set[str]] = {}
    for owner, theirs in zip(owners, words, strict=True):
        for word in theirs:
            databases.setdefault(word, set()).add(owner)
    fixed = (*CLASSES, *sorted({*WORDS, *_SIGNS.split()}))
    common = [word for word, found in databases.items() if len(found) >= _WIDESPREAD and word not in fixed]
    return [*fixed, *sorted(common)]


def _queries(sources: Sequence[RowFile]) -> tuple[dict[str, list[str]], dict[str, Schema]]:
    """Return the valid queries of the data by their schemas' ids, and all schemas. Raises UsageError without any."""
    queries: dict[str, list[str]] = {}
    schemas: dict[str, Schema] = {}
    for source in sources:
        beside = source.path.with_name(SCHEMAS) if source.path is not None else None
        schemas |= read_schemas(beside) if beside is not None and beside.exists() else {}
        for row in source.texts:
            assert isinstance(row.environment, SqlEnvironment)
            if not row.known_broken and row.environment.schema.tables:
                queries.setdefault(row.environment.schema.origin, []).append(row.text)
    if not schemas:
        raise UsageError("train --language sql needs --data with valid queries and their schemas (sql_schemas.json)")
    return queries, schemas
