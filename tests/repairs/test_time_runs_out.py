"""A search for repairs: what it offers where it had time for everything, and where it had not."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.repairs.expansion import Deadline, StepModels
from quickfix_ls.repairs.search import SearchRoot, root_of, search
from quickfix_ls.values import Offer
from tests.kit_python import PYTHON, python_index

BROKEN = "def f(a)\n    return a\n"


async def first_offer(text: str, *, cut_short: bool) -> Offer:
    pipeline, index = Pipeline.load(PYTHON), python_index(Snapshot.of(text))
    parts = StepModels(pipeline.selector, pipeline.plausibility)
    problem = find_all(index)[0]
    root = await root_of(parts, index, index.region(0, len(index.cuts) - 1), problem, Deadline(60))
    assert root is not None
    root = SearchRoot(root.repair, replace(root.first, cut_short=cut_short))
    async with aclosing(search(parts, index, root, problem, 0.0, Deadline(60))) as offers:
        return await anext(offers)


async def test_a_fix_found_before_time_ran_out_needs_a_look() -> None:
    whole, cut = await first_offer(BROKEN, cut_short=False), await first_offer(BROKEN, cut_short=True)
    assert whole.candidate.edits == cut.candidate.edits
    assert (whole.candidate.safety, cut.candidate.safety) == ("safe", "needs-a-look")


async def test_proposing_tells_that_time_ran_out() -> None:
    pipeline = Pipeline.load(PYTHON)
    text = "def f(a)\n" + "".join(f"    b{number} = g(a, [{number}, 'x'], {{a: b}}) + 1\n" for number in range(40))
    index = python_index(Snapshot.of(text))
    region, problem = index.region(0, len(index.cuts) - 1), find_all(index)[0]
    assert (await pipeline.expand(index, region, problem, Deadline(0))).cut_short
    assert not (await pipeline.expand(index, region, problem, Deadline(60))).cut_short


async def test_with_time_enough_it_may_be_preferred() -> None:
    index = python_index(Snapshot.of(BROKEN))
    offers = await Pipeline.load(PYTHON).final_offers(index, find_all(index)[0], Budget(60, 3))
    assert offers[0].preferred
