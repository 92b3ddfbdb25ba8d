"""The features of how little else can be meant by an undefined name."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.features import features
from quickfix_ls.repairs.expansion import Deadline
from tests.kit_python import PYTHON, python_index


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON)


def measured(pipeline: Pipeline, text: str) -> dict[str, dict[str, float]]:
    """The features of each candidate for the first undefined name, by its title."""
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = next(iter(regions_for(index, problem)))
    step = asyncio.run(pipeline.expand(index, region, problem, Deadline(60)))
    context, group = step.context, list(step.group)
    rows = features(context, group, pipeline.plausibility)
    return {
        candidate.change.candidate.title: dict(zip(FEATURE_NAMES, row, strict=True))
        for candidate, row in zip(group, rows, strict=True)
    }


@pytest.mark.parametrize(
    ("text", "title", "grade"),
    [
        ("json.dumps(1)\njson.loads('1')\n", "Import `json`", 2),
        ("json.dumps(1)\njson.nothing('1')\n", "Import `json`", 0),
        ("d = defaultdict(int)\n", "Import `defaultdict` from `collections`", 1),
        ("print(search('a', 'b'))\n", "Import `search` from `re`", 0),
    ],
)
def test_imports_are_graded(pipeline: Pipeline, text: str, title: str, grade: int) -> None:
    found = measured(pipeline, text)[title]
    assert (found["import_certainty"], found["import_standard"]) == (grade, 1)


def test_a_name_that_is_bound_elsewhere_may_be_a_variable(pipeline: Pipeline) -> None:
    text = "def f():\n    return copy.copy(1)\n"
    assert measured(pipeline, text)["Import `copy`"]["name_bound"] == 0
    bound = f"{text}\n\ndef g(copy):\n    return copy\n"
    assert measured(pipeline, bound)["Import `copy`"]["name_bound"] == 1


def test_modules_are_compared_with_those_that_the_file_imports_from(pipeline: Pipeline) -> None:
    text = (
        "from shop.orders import cart, till\nfrom shop.stock.shelf import box\n\nprint(shelf_mark(cart, till, box))\n"
    )
    found = measured(pipeline, text)
    shelf = found["Import `shelf_mark` from `shop.stock.shelf`"]
    orders = found["Import `shelf_mark` from `shop.orders`"]
    assert shelf["module_kin"] > orders["module_kin"]
    assert shelf["import_depth"] - orders["import_depth"] == 1
    assert shelf["import_rivals"] == orders["import_rivals"] > 0


def test_a_rename_has_rivals_and_shared_attributes(pipeline: Pipeline) -> None:
    text = "def f(rows, rowt):\n    rowt.sort()\n    return rowz.sort()\n"
    found = measured(pipeline, text)
    assert found["Replace `rowz` with `rows`"]["rename_rivals"] == 1
    assert found["Replace `rowz` with `rowt`"]["attributes_shared"] == 1
    assert found["Replace `rowz` with `rows`"]["attributes_shared"] == 0


def test_the_first_argument_of_super_is_told_apart(pipeline: Pipeline) -> None:
    text = "class Page(list):\n    def pop(self):\n        return super(Sheet, self).pop()\n"
    assert measured(pipeline, text)["Replace `Sheet` with `Page`"]["in_super"] == 1
