"""The training of SQL's models: the labels of candidates, the token model, and what it is told without data."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from quickfix_ls import languages
from quickfix_ls.errors import UsageError
from quickfix_ls.languages.sql.environment import SqlEnvironment
from quickfix_ls.languages.sql.lexer import lex
from quickfix_ls.languages.sql.token_words import TOKENIZER
from quickfix_ls.plausibility import FILE, Plausibility
from quickfix_ls.problems.kinds import QUERY
from quickfix_ls.schema.tables import Column, Schema, Table
from quickfix_ls.training.fitting import FeatureTable, fit_trees
from quickfix_ls.training.groups import groups_of
from quickfix_ls.training.inputs import proposing_pipeline
from quickfix_ls.training.rows import Row, RowFile, read_source
from quickfix_ls.training.subjects.sql.corpus import made_rows, train_token_model

HOTELS = Schema(
    (Table("rooms", tuple(Column(name, "TEXT") for name in ("room_id", "price", "prize", "name"))),), dialect="sqlite"
)


def row(broken: str, fixed: str, error: str) -> Row:
    return Row(
        "row", QUERY, broken, fixed, error, 1, 1, "hotels", lang="sql", environment=SqlEnvironment("sqlite", HOTELS)
    )


async def test_the_candidate_that_is_the_target_is_right(tmp_path: Path) -> None:
    wanted = row("SELECT pric FROM rooms", "select PRICE from rooms", "no such column: pric")
    (group,) = await groups_of(proposing_pipeline(tmp_path, "sql"), wanted)
    assert group.reaches
    assert len(group.labels) > sum(group.labels) == 1
    assert len(group.rows[0]) == len(languages.of("sql").measures.names)


async def test_errors_are_taken_one_step_at_a_time(tmp_path: Path) -> None:
    wanted = row("SELECT pric FROM romos", "SELECT price FROM rooms", "no such table: romos")
    groups = await groups_of(proposing_pipeline(tmp_path, "sql"), wanted)
    assert [sum(group.labels) for group in groups] == [1, 1]
    assert [group.reaches for group in groups] == [False, True]


async def test_trees_are_fitted_to_the_features_of_the_language(tmp_path: Path) -> None:
    wanted = row("SELECT pric FROM rooms", "SELECT price FROM rooms", "no such column: pric")
    groups = await groups_of(proposing_pipeline(tmp_path, "sql"), wanted)
    table = FeatureTable.of(groups * 20, languages.of("sql").measures.table)
    assert fit_trees(table, 0, rounds=2).num_feature() == len(languages.of("sql").measures.names)


def test_a_token_model_of_valid_queries(tmp_path: Path) -> None:
    train_token_model([_data(tmp_path)], tmp_path, lambda done, total: None)

    model = Plausibility.load(TOKENIZER, tmp_path / FILE)
    right, wrong = (
        model.score(model.symbols(lex(text)))
        for text in ("select name from rooms group by name", "select name rooms from by group name")
    )
    assert right > wrong + 10
    card = json.loads((tmp_path / FILE).with_suffix(".json").read_text(encoding="utf-8"))
    assert card["databases"] == 1


def test_rows_are_made_of_the_queries_and_schemas_of_the_data(tmp_path: Path) -> None:
    made: list[int] = []
    rows = made_rows([_data(tmp_path)], 0, True, made.append, 1)
    assert len(rows) == sum(made) > 20
    assert {one.group for one in rows} == {"hotels"}


def test_without_schemas_there_is_nothing_to_train_on() -> None:
    with pytest.raises(UsageError, match="needs --data with valid queries and their schemas"):
        made_rows([RowFile("empty.jsonl", "", (), (), Counter())], 0, True, lambda number: None, 1)


def _data(folder: Path) -> RowFile:
    schemas = {"hotels": {"rooms": {"room_id": "INTEGER", "price": "REAL", "name": "TEXT"}}}
    (folder / "sql_schemas.json").write_text(json.dumps(schemas), encoding="utf-8")
    texts = [f"SELECT name FROM rooms WHERE price > {price} ORDER BY price" for price in range(20)]
    rows = (
        {"id": f"v-{place}", "lang": "sql", "text": text, "schema_id": "hotels"} for place, text in enumerate(texts)
    )
    path = folder / "valid.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return read_source(path)
