"""Repairs of a language model merged with those of the search: scored as one group, marked as a model's."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.repairs.order import ordered
from quickfix_ls.settings import Rules
from quickfix_ls.values import Offer, apply_edits
from tests.kit_python import PYTHON, python_index
from tests.scripted import BUSY, ScriptedModel

BUDGET = Budget(seconds=30, offers=20)
UNSURE = "def positive(xs):\n    return [x for x in xs given x > 0]\n"
MEANT = UNSURE.replace("given", "if")
GOOD = "2|    return [x for x in xs if x > 0]"
SURE = "for x in range(3)\n    print(x)\n"
BRACKET = """\
def area(width, height):
    return scale((width * height


def scale(size):
    return size
"""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline.load(PYTHON, min_probability=0)  # so that no test hangs on what the model thinks of its text


async def offered(
    pipeline: Pipeline, text: str, model: ScriptedModel, *variants: str, always: bool = True
) -> tuple[Offer, ...]:
    index = python_index(Snapshot.of(text))
    return await pipeline.final_offers(index, find_all(index)[0], BUDGET, model.asking(*variants, always=always))


async def test_what_a_model_wrote_is_offered_with_who_wrote_it(pipeline: Pipeline) -> None:
    offers = await offered(pipeline, UNSURE, ScriptedModel({"plain": GOOD}), "plain")
    (first,) = (one for one in offers if one.model)
    others = [one for one in offers if not one.model]
    assert apply_edits(UNSURE, first.candidate.edits) == MEANT
    assert (first.model, first.sources) == ("scripted-1", ("model:plain",))
    assert first.verdict.checks == ("parses", "the error is gone", "nothing new is undefined")
    assert not first.preferred
    assert others
    assert list(offers) == ordered(offers)


async def test_equal_answers_are_votes_for_one_offer(pipeline: Pipeline) -> None:
    answers = {"system_senior": "2|return [x for x in xs if x > 0]", "system_minimal": f"```\n{GOOD[2:]}\n```"}
    offers = await offered(pipeline, UNSURE, ScriptedModel(answers), "system_senior", "system_minimal")
    (written,) = (one for one in offers if one.model)
    assert apply_edits(UNSURE, written.candidate.edits) == MEANT
    assert set(written.sources) <= {"model:system_senior", "model:system_minimal"}


async def test_an_answer_equal_to_a_deterministic_fix_is_a_vote_for_it(pipeline: Pipeline) -> None:
    model = ScriptedModel({"plain": "2|    return scale((width * height))"})
    before = await offered(pipeline, BRACKET, ScriptedModel({"plain": BUSY}), "plain")
    after = {one.candidate: one for one in await offered(pipeline, BRACKET, model, "plain")}
    closing = next(one for one in before if "fixer:close_bracket" in one.sources)
    assert after[closing.candidate].sources == (*closing.sources, "model:plain")
    assert after[closing.candidate].model == ""
    assert len(after) == len(before)


async def test_a_model_never_makes_an_offer_preferred(pipeline: Pipeline) -> None:
    variants = ("plain", "system_senior", "system_minimal")
    model = ScriptedModel(dict.fromkeys(variants, "2|    return scale(width * height)"))
    for always in (True, False):
        assert not any(one.preferred for one in await offered(pipeline, BRACKET, model, *variants, always=always))


GARBLED = """\
def mean(xs):
    total sum xs
    return total over len xs
"""
REWRITTEN = "2|    total = sum(xs)\n3|    return total / len(xs)"


async def test_a_model_is_heard_where_the_ranking_has_nothing_and_doubts_it() -> None:
    pipeline, model = Pipeline.load(PYTHON), ScriptedModel({"plain": REWRITTEN})
    pipeline.thresholds = Thresholds(offer=0.999, prefer=2)
    offers = await offered(pipeline, GARBLED, model, "plain")
    assert [one.model for one in offers] == ["scripted-1"]
    (written,) = offers
    assert apply_edits(GARBLED, written.candidate.edits).endswith("total = sum(xs)\n    return total / len(xs)\n")
    strict = pipeline.under(Rules(min_probability=0.999))
    assert not any(one.model for one in await offered(strict, GARBLED, model, "plain"))


async def test_a_sure_fix_needs_no_model(pipeline: Pipeline) -> None:
    model = ScriptedModel({})
    (first, *_) = await offered(pipeline, SURE, model, always=False)
    assert first.preferred
    assert not model.asked


@pytest.mark.parametrize(
    "answer",
    [
        "I can't help with that.",
        "2|    return [",
        "2|    pass",
        "2|    return [x for x in xs if y > 0]",
        "2|    return xs  # type: ignore",
        "2|",
        "1|\n2|",
        "999|x",
    ],
)
async def test_what_validation_refuses_is_not_offered(pipeline: Pipeline, answer: str) -> None:
    offers = await offered(pipeline, UNSURE, ScriptedModel({"plain": answer}), "plain")
    assert not any(one.model for one in offers)
    assert offers == await offered(pipeline, UNSURE, ScriptedModel({"plain": BUSY}), "plain")


async def test_an_answer_that_cannot_be_overtaken_ends_the_others(pipeline: Pipeline) -> None:
    model = ScriptedModel({"plain": "1|for x in range(3):"})
    first, *_ = await asyncio.wait_for(offered(pipeline, SURE, model), 60)
    assert "model:plain" in first.sources
    assert first.preferred
    assert len(model.asked) > 1
    assert model.open == 0


async def test_closing_the_offers_closes_the_streams(pipeline: Pipeline) -> None:
    model = ScriptedModel({"plain": GOOD})
    index = python_index(Snapshot.of(UNSURE))
    async with aclosing(pipeline.offers(index, find_all(index)[0], BUDGET, model.asking())) as lists:
        async for offers in lists:
            if any(one.model for one in offers):
                break
    assert model.open == 0


async def test_cancellation_closes_the_streams(pipeline: Pipeline) -> None:
    model = ScriptedModel({})
    task = asyncio.ensure_future(offered(pipeline, UNSURE, model))
    await model.started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.open == 0


async def test_fixing_all_asks_no_model_unless_told(pipeline: Pipeline) -> None:
    model = ScriptedModel({"plain": GOOD})
    index = python_index(Snapshot.of(UNSURE))
    await fix_all(pipeline, index, BUDGET, only_preferred=False)
    assert not model.asked
    mended = await fix_all(pipeline, index, BUDGET, only_preferred=False, models=model.asking("plain"))
    assert mended.snapshot.text == MEANT
