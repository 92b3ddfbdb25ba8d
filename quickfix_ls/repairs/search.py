"""Find repairs of a region by a best-first search over single steps.

A repair's probability is the product of its steps' probabilities, which can only fall, so the first complete repair
taken from the frontier is the most probable one.
"""

from __future__ import annotations

import heapq
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from quickfix_ls.index.index import Index, Region
from quickfix_ls.lexing.lexis import Lexis
from quickfix_ls.repairs.expansion import Deadline, Expansion, StepModels, expand, scored
from quickfix_ls.repairs.order import held_back
from quickfix_ls.repairs.repair import Repair
from quickfix_ls.validation.content import keeps_content
from quickfix_ls.values import Offer, Problem

_MAX_STEPS = 8
_MAX_EXPANSIONS = 14
_BRANCHES = 5
_RIVALS = 0.25
"""After the first complete repair that is not held back, a partial one is expanded only if its probability is at least
this share of the first one's; finishing a less probable one costs more time than a further alternative is worth."""


@dataclass(frozen=True, slots=True)
class SearchRoot:
    """The start of a search: the `repair` without steps, and the candidates for its `first` step."""

    repair: Repair
    first: Expansion


async def root_of(
    parts: StepModels, index: Index, region: Region, problem: Problem, deadline: Deadline
) -> SearchRoot | None:
    """Expand a region for the first time; return None if the deadline is over or the region has no problem.

    Cancellable at every await.
    """
    repair = Repair.of(region, problem, index)
    if repair.problem is None or deadline.is_over:
        return None
    return SearchRoot(repair, await expand(parts, index, region, repair.problem, deadline))


async def search(
    parts: StepModels, index: Index, root: SearchRoot, problem: Problem, min_probability: float, deadline: Deadline
) -> AsyncGenerator[Offer, None]:
    """Yield the offers of complete, valid repairs, the most probable first, down to `min_probability`; of those that
    differ in nothing but the spaces between tokens, the first.

    Ends at the deadline or after a fixed number of expansions. Cancellable at every await; it keeps no state.
    """
    frontier = _Frontier(min_probability)
    frontier.add(parts, root.repair, 1.0, root.first)
    seen = {root.repair.key}
    offered: set[str] = set()
    expanded = 1
    best, cut_short = 0.0, False
    while frontier.heap:
        probability, repair = frontier.take()
        # The same steps in another order make the same text; the most probable order came first.
        if repair.key in seen:
            continue
        seen.add(repair.key)
        if repair.complete:
            code = _code_of(index.language.part(Lexis), repair)
            offer = None if code in offered else repair.offer(problem, probability, cut_short=cut_short)
            if offer is not None and offer.verdict.passed:
                offered.add(code)
                if not held_back(offer):
                    best = best or probability
                yield offer
            continue
        if repair.problem is None or len(repair.steps) >= _MAX_STEPS:
            continue
        if expanded >= _MAX_EXPANSIONS or probability < best * _RIVALS:
            continue
        if deadline.is_over:
            cut_short = True
            continue
        expanded += 1
        frontier.add(parts, repair, probability, await expand(parts, index, repair.region, repair.problem, deadline))


def _code_of(lexis: Lexis, repair: Repair) -> str:
    """Return what a repair makes of its region and adds elsewhere, without the white space between the region's tokens,
    but for indentation and line ends."""
    text = repair.region.text
    begins, pieces = 0, list[str]()
    for token in lexis.lexed(text, 0):
        is_first = begins <= token.start and not text[begins : token.start].strip()
        pieces.append(text[begins : token.start] + token.text if is_first else token.text)
        begins = token.end if token.kind == "newline" else len(text) + 1
    return "\0".join((*pieces, repair.key[len(text) :]))


class _Frontier:
    """The priority queue of repairs to look at, the most probable first; of equals the first added first."""

    def __init__(self, min_probability: float) -> None:
        self.heap: list[tuple[float, int, Repair]] = []
        self._min_probability = min_probability
        self._added = 0

    def add(self, parts: StepModels, repair: Repair, probability: float, next_step: Expansion) -> None:
        """Add the repairs that extend `repair` by each of the most probable candidates for its next step.

        Candidates that remove content are counted apart, so that they leave a place for others.
        """
        group = next_step.group
        scores = scored(parts, next_step.context, group)
        ranked = sorted(zip(group, scores, strict=True), key=lambda pair: -pair[1].probability)
        taken = {True: 0, False: 0}
        for step, score in ranked:
            if probability * score.probability < self._min_probability or taken[True] == _BRANCHES:
                break
            keeps = keeps_content(step.change)
            if taken[keeps] == _BRANCHES:
                continue
            taken[keeps] += 1
            self._added += 1
            after = repair.after(step, score.seen, cut_short=next_step.cut_short)
            heapq.heappush(self.heap, (-probability * score.probability, self._added, after))

    def take(self) -> tuple[float, Repair]:
        """Remove the most probable repair; return its probability and the repair."""
        negated, _, repair = heapq.heappop(self.heap)
        return -negated, repair
