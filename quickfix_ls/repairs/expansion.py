"""One step of a repair: propose every candidate for the next step, validate them, and rank them as one group."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from quickfix_ls.candidates import fixers_for, propose
from quickfix_ls.candidates.search import HORIZON
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.index.index import Index, Region
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.ranking.features import features
from quickfix_ls.ranking.selectors import Selector
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import keeps_content, removed_in
from quickfix_ls.values import Problem

logger = logging.getLogger(__name__)

_SLICE = 0.002
_HORIZON_AFTER_DELETION = 12.0
"""The horizon of `candidates.search`, in bits, counted from the first valid edit that keeps the content, if one that
removes some came before it. Every text is likelier without some of its tokens, by more than the usual horizon if they
are many, so a deletion does not tell that the rest is not worth validating."""


@dataclass(frozen=True, slots=True)
class StepModels:
    """The models that every step uses, loaded once for the process, and the names of the disabled fixers."""

    selector: Selector
    plausibility: Plausibility
    disabled_fixers: frozenset[str] = frozenset()


class Deadline:
    """A fixed deadline, a number of seconds of wall time after its creation."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end


@dataclass(frozen=True, slots=True)
class Expansion:
    """The `group` of all valid candidates for one step, with the `context` of the region that they change.

    `cut_short`: the deadline came before every candidate had been tried, so that a better one may be missing.
    """

    context: Context
    group: Sequence[ValidCandidate]
    cut_short: bool = False


async def expand(parts: StepModels, index: Index, region: Region, problem: Problem, deadline: Deadline) -> Expansion:
    """Propose the candidates for one step, and keep those that pass validation.

    A candidate passes if the region is well formed after it, or if the region's first error is gone and another one is
    left further down. Candidates that make the same text are merged into one with several sources. Stops early at the
    deadline. Cancellable every few milliseconds; it keeps no state.
    """
    fixers = fixers_for(index.language, problem, parts.disabled_fixers)
    context = build_context(index, region, problem)
    passed: dict[str, ValidCandidate] = {}
    refused: set[str] = set()
    began, checking, proposed = time.perf_counter(), 0.0, 0
    enough, horizon, cut_short = -math.inf, HORIZON, False
    slice_end = time.monotonic() + _SLICE
    for candidate, bits in propose(context, fixers, parts.plausibility):
        if bits is not None and bits < enough:
            break
        change = Change(index, problem, candidate, region, context.tokens)
        if change.is_too_late:
            proposed += 1
            continue
        key = change.key
        if key in passed:
            passed[key] = passed[key].with_source(candidate.source)
        elif key not in refused:
            since = time.perf_counter()
            verdict = validate(change, "step") if change.makes_progress else validate(change, "step", "repair")
            if verdict.passed:
                passed[key] = ValidCandidate(change, (candidate.source,), proposed, verdict)
            else:
                refused.add(key)
            checking += time.perf_counter() - since
        proposed += 1
        if bits is not None and key in passed and bits - horizon > enough:
            if _keeps_content(context, passed[key].change):
                enough = bits - horizon
            else:
                horizon = _HORIZON_AFTER_DELETION
        if time.monotonic() >= slice_end:
            await asyncio.sleep(0)
            slice_end = time.monotonic() + _SLICE
            if deadline.is_over:
                cut_short = True
                break
    proposing = time.perf_counter() - began - checking
    logger.debug("candidates n=%d ms=%.1f", proposed, proposing * 1000)
    logger.debug("passed n=%d ms=%.1f", len(passed), checking * 1000)
    return Expansion(context, list(passed.values()), cut_short)


def _keeps_content(context: Context, change: Change) -> bool:
    """Return whether a change keeps the content, by the tokens of the context."""
    removed_in(change, context.lexed.rewritten(change.after.text, *change.touched))
    return keeps_content(change)


class Score(NamedTuple):
    """The `probability` of a candidate, and its feature row `seen` by the selector."""

    probability: float
    seen: tuple[float, ...]


def scored(parts: StepModels, context: Context, group: Sequence[ValidCandidate]) -> list[Score]:
    """Return the score of each candidate of a group, in the group's order.

    The reward model knows nothing of problems of a kind that is not `ranked`: their candidates keep the order in which
    they were proposed.
    """
    if not group:
        return []
    began = time.perf_counter()
    rows = features(context, group, parts.plausibility, parts.selector.features)
    if kind_of(context.problem).ranked:
        scores = parts.selector.score(rows, [len(candidate.sources) for candidate in group])
    else:
        scores = [1 / (place + 2) for place in range(len(group))]
    logger.debug("ranked best=%.3f ms=%.1f", max(scores), (time.perf_counter() - began) * 1000)
    return [Score(score, tuple(row)) for score, row in zip(scores, rows, strict=True)]
