"""One step of a repair: everything that may be done next, validated, and ranked as one group."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quickfix_ls.candidates import fixers_for, propose
from quickfix_ls.candidates.heard import Heard
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.ranking.features import Considered, features
from quickfix_ls.ranking.selectors import Selector
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Problem

logger = logging.getLogger(__name__)

_SLICE = 0.002


@dataclass(frozen=True, slots=True)
class Parts:
    """What every step works with: the models, which live as long as the process, and the fixers that are switched
    off."""

    selector: Selector
    plausibility: Plausibility
    disabled_fixers: frozenset[str] = frozenset()


class Clock:
    """A deadline in wall time that never moves."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end


async def consider(
    parts: Parts, analysis: Index, region: Region, problem: Problem, clock: Clock
) -> tuple[Context, list[Considered]]:
    """Propose and validate: every candidate for one step that mends the region, or that mends its first error
    and leaves another one further down. Equal ones are merged, and their sources counted."""
    fixers = fixers_for(analysis.language, problem, parts.disabled_fixers)
    context = build_context(analysis, region, problem)
    passed: dict[str, Considered] = {}
    refused: set[str] = set()
    heard, began, checking, order = Heard(), time.perf_counter(), 0.0, -1
    slice_end = time.monotonic() + _SLICE
    for order, candidate in enumerate(propose(context, fixers, parts.plausibility, heard)):
        change = Change(analysis, problem, candidate, region, context.tokens)
        key = change.key
        if key in passed:
            passed[key] = voted(passed[key], candidate.source)
        elif key not in refused:
            since = time.perf_counter()
            if validate(change, "step" if change.moves_on else "all").passed:
                passed[key] = Considered(change, (candidate.source,), order)
            else:
                refused.add(key)
            checking += time.perf_counter() - since
        heard.passed = key in passed
        if time.monotonic() >= slice_end:
            await asyncio.sleep(0)
            slice_end = time.monotonic() + _SLICE
            if clock.is_over:
                break
    proposing = time.perf_counter() - began - checking
    logger.debug("candidates n=%d ms=%.1f", order + 1, proposing * 1000)
    logger.debug("passed n=%d ms=%.1f", len(passed), checking * 1000)
    return context, list(passed.values())


class Score(NamedTuple):
    """The `probability` of a candidate, and the features that it comes from."""

    probability: float
    seen: tuple[float, ...]


def scored(parts: Parts, context: Context, group: Sequence[Considered]) -> list[Score]:
    """The score of each candidate of a group, in its order."""
    if not group:
        return []
    began = time.perf_counter()
    rows = features(context, group, parts.plausibility, parts.selector.features)
    scores = parts.selector.score(rows, [len(one.sources) for one in group])
    logger.debug("ranked best=%.3f ms=%.1f", max(scores), (time.perf_counter() - began) * 1000)
    return [Score(score, tuple(row)) for score, row in zip(scores, rows, strict=True)]


def voted(one: Considered, source: str) -> Considered:
    """The candidate with one more source that proposes it, unless it has that one already."""
    return one if source in one.sources else replace(one, sources=(*one.sources, source))
