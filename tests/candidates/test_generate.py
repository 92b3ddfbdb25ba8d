"""Parallel questions to a language model: what is asked, what comes back, and that every connection is closed."""

from __future__ import annotations

import asyncio

import pytest

from quickfix_ls.candidates.generate import Completion, ModelQuestion, Wanted, candidate_of, completions, question_of
from quickfix_ls.context.build import build_context
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.problems import find_all
from quickfix_ls.values import Delta, Usage, apply_edits
from tests.kit_python import python_index
from tests.scripted import BUSY, ScriptedModel

TEXT = "def positive(xs):\n    return [x for x in xs given x > 0]\n"
GOOD = "2|    return [x for x in xs if x > 0]\nEND\n"
VARIANTS = ("plain", "chain_of_thought", "system_minimal")


def question(text: str = TEXT, variants: tuple[str, ...] = VARIANTS, k: int = 4) -> ModelQuestion | None:
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = index.region(index.unit_at(problem.span.start))
    return question_of(index, region, problem, Wanted(variants, k), "/project/a.py")


async def all_of(model: ScriptedModel, asked: ModelQuestion | None) -> list[Completion]:
    assert asked is not None
    async with completions(asked, model.stream, 60) as answers:
        return [one async for one in answers]


async def test_every_variant_is_asked_and_answers() -> None:
    model = ScriptedModel(dict.fromkeys(VARIANTS, GOOD))
    found = await all_of(model, question())
    assert sorted(one.variant for one in found) == sorted(VARIANTS)
    assert {one.text for one in found} == {GOOD}
    assert all(one.complete and one.usage == Usage(100, 10) for one in found)
    assert all(one.first_token is not None and one.first_token <= one.seconds for one in found)
    assert set(model.paths) == {"/project/a.py"}


async def test_no_more_than_k_are_asked() -> None:
    asked = question(k=2)
    assert asked is not None
    assert [name for name, _ in asked.prompts] == ["plain", "chain_of_thought"]


async def test_an_error_of_one_stops_no_other() -> None:
    model = ScriptedModel({"plain": BUSY, "chain_of_thought": GOOD, "system_minimal": GOOD})
    found = {one.variant: one for one in await all_of(model, question())}
    assert found["plain"].error == str(BUSY)
    assert found["chain_of_thought"].text == found["system_minimal"].text == GOOD


async def test_the_first_to_complete_comes_first_and_closing_ends_the_others() -> None:
    model = ScriptedModel({"chain_of_thought": GOOD})
    asked = question()
    assert asked is not None
    async with completions(asked, model.stream, 60) as answers:
        first = await anext(answers)
        assert first.variant == "chain_of_thought"
        assert model.open == 2
    assert model.open == 0


async def test_cancellation_ends_all() -> None:
    model = ScriptedModel({})
    task = asyncio.ensure_future(all_of(model, question()))
    await model.started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.open == 0


async def test_an_answer_without_an_end_was_cut_off() -> None:
    async def cut(*_: object) -> object:
        yield Delta("2|    return")

    asked = question(variants=("plain",))
    assert asked is not None
    async with completions(asked, cut, 60) as answers:  # type: ignore[arg-type]  # any arguments will do
        (found,) = [one async for one in answers]
    assert not found.complete


def test_a_region_that_is_too_long_is_not_sent() -> None:
    text = "def f():\n" + "    x = 'some text that makes the function longer and longer'\n" * 300 + "    return (\n"
    assert question(text) is None


def test_without_an_eligible_variant_nothing_is_asked() -> None:
    assert question(variants=("few_shot", "with_schema")) is None


def test_the_candidate_of_an_answer() -> None:
    index = python_index(Snapshot.of(TEXT))
    problem = find_all(index)[0]
    context = build_context(index, index.region(0), problem)
    candidate, reply = candidate_of(Completion("plain", GOOD, 1, 2, "stop"), index, context)
    assert candidate is not None
    assert apply_edits(TEXT, candidate.edits) == TEXT.replace("given", "if")
    assert candidate.title == "Write `return [x for x in xs if x > 0]`"
    assert (candidate.source, candidate.safety) == ("model:plain", "needs-a-look")
    assert reply.notes == ()


def test_an_answer_of_prose_has_no_candidate() -> None:
    index = python_index(Snapshot.of(TEXT))
    context = build_context(index, index.region(0), find_all(index)[0])
    candidate, reply = candidate_of(Completion("plain", "I can't help.", 1, 2, "stop"), index, context)
    assert candidate is None
    assert reply.refusal == "no lines"
