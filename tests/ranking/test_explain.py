"""Why a candidate got its score, in words."""

from __future__ import annotations

import asyncio
import re

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.measures import FEATURE_NAMES, FEATURES
from quickfix_ls.languages.python.measures.topics import TOPICS as OF_PYTHON
from quickfix_ls.languages.sql.measures import MEASURES as OF_SQL
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.explain import TOPICS, Explaining, explain, in_words
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.values import Offer
from tests.kit_python import MODELS, PYTHON, python_index


def words(contributions: dict[str, float], **values: float) -> str:
    row = {feature.name: 0.0 for feature in FEATURES}
    return in_words({**row, **values}, [contributions.get(name, 0.0) for name in FEATURE_NAMES], OF_PYTHON)


def test_every_feature_has_its_topic() -> None:
    assert set(TOPICS) | set(OF_PYTHON) == set(FEATURE_NAMES)
    assert set(TOPICS) | set(OF_SQL.topics) == set(OF_SQL.names)


TABLES = {"python": (FEATURES, OF_PYTHON), "sql": (OF_SQL.table, OF_SQL.topics)}


@pytest.mark.parametrize(
    ("language", "name"), [(language, one.name) for language, (table, _) in TABLES.items() for one in table]
)
def test_every_value_has_plain_words_or_none(language: str, name: str) -> None:
    table, own = TABLES[language]
    for low in (True, False):
        row = {one.name: one.low if low else one.high for one in table}
        for helps in (True, False):
            text = {**TOPICS, **own}[name](row, helps)
            assert re.fullmatch(r"[a-z0-9 -]*", text), text
            assert not re.search(r"\b1 \w+s\b(?! of)", text), text


def test_what_weighs_most_comes_first() -> None:
    said = words(
        {"chars_added": 1.0, "similarity": 1.0, "name_count": 1.5, "complete": 0.5, "votes": 0.1},
        chars_added=1, edits=1, name_count=3.9069, name_distance=1, complete=1, votes=1,
    )  # fmt: skip
    assert said == "one-character change, the name occurs 14 times nearby, the error is gone"


def test_features_of_one_topic_are_added_up() -> None:
    said = words({"gain": 0.4, "line_bits": 0.4, "complete": 0.7, "worst_bits": -0.3}, complete=1, gain_rank=2)
    assert said == "the error is gone, it reads like usual code"


def test_what_speaks_against_is_said_where_it_weighs() -> None:
    values = {"complete": 1.0, "rivals": 9.0}
    assert words({"complete": 1.0, "rivals": -0.6}, **values) == "the error is gone, but one of 9 candidates"
    assert words({"complete": 1.0, "rivals": -0.4}, **values) == "the error is gone"
    assert words({"rivals": -0.4}, **values) == "one of 9 candidates"
    assert words({}) == ""


def test_of_what_is_only_usual_one_thing_is_said() -> None:
    said = words({"source": 3.0, "added": 2.0, "before": 1.5, "complete": 0.2, "rivals": 0.1}, complete=1, rivals=1)
    assert said == "the error is gone, the only candidate, this kind of fix is often right"


def offers(text: str, selector: str) -> tuple[Pipeline, tuple[Offer, ...]]:
    pipeline, index = Pipeline.load(PYTHON, selector), python_index(Snapshot.of(text))
    return pipeline, asyncio.run(pipeline.final_offers(index, find_all(index)[0], Budget(5.0)))


@pytest.mark.parametrize("selector", ["lightgbm", "logistic"])
def test_an_offer_is_explained_by_what_the_model_saw(selector: str) -> None:
    pipeline, found = offers("def double(x)\n    return 2 * x\n", selector)
    assert found[0].why == ""
    assert len(found[0].seen[0]) == len(pipeline.selector.features)
    why = pipeline.explained(found[0]).why
    assert why
    assert why == explain(pipeline.selector, found[0].seen, OF_PYTHON)


def test_of_several_steps_the_least_sure_is_explained() -> None:
    pipeline, found = offers("if x\n    print y\n", "lightgbm")
    assert len(found[0].seen) == 2
    assert pipeline.explained(found[0]).why.startswith("2 steps; of the least sure one: ")


def test_selectors_that_look_at_no_feature_have_no_reasons() -> None:
    pipeline, found = offers("def double(x)\n    return 2 * x\n", "majority")
    assert pipeline.explained(found[0]).why == ""
    assert not isinstance(load_selector("first", FEATURE_NAMES, MODELS), Explaining)
