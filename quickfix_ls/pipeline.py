"""A problem in a snapshot becomes candidates; each is validated, the survivors are ranked, the best are offered."""

from __future__ import annotations

import asyncio
import copy
import heapq
import logging
import math
import time
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, replace

from quickfix_ls.analysis.importable import Importables
from quickfix_ls.analysis.index import Analysis, Region
from quickfix_ls.candidates import fixers_for, propose
from quickfix_ls.context import Context
from quickfix_ls.context.build import build_context
from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.never import key_of
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.problems import find_all
from quickfix_ls.problems.switches import is_off
from quickfix_ls.ranking.features import FEATURE_NAMES, Considered, features
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.repair import Repair
from quickfix_ls.ranking.selectors import Selector
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.settings import Rules
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.values import Edit, Offer, Problem, compose_edits

logger = logging.getLogger(__name__)

_MOST_STEPS = 8
_MOST_EXPANSIONS = 14
_BRANCHES = 5
_SLICE = 0.002
_MOST_FIXES = 1000


@dataclass(frozen=True, slots=True)
class Budget:
    """How long an answer may take, in seconds of wall time, and how many offers it may hold."""

    seconds: float = 0.3
    offers: int = 3


@dataclass(frozen=True, slots=True)
class Mended:
    """A document after fixes: its snapshot, the edits in coordinates of the text before them, the offers that made
    them up in the order they were applied, and the problems that are left."""

    snapshot: Snapshot
    edits: tuple[Edit, ...]
    applied: tuple[Offer, ...]
    left: tuple[Problem, ...]


class Pipeline:
    """The resident parts (reward model, language model, index of importable names) and the path through them."""

    def __init__(
        self,
        selector: Selector,
        thresholds: Thresholds,
        plausibility: Plausibility,
        importables: Importables,
        disabled_fixers: Collection[str] = (),
    ) -> None:
        self.selector = selector
        self.thresholds = thresholds
        self.plausibility = plausibility
        self.importables = importables
        self.disabled_fixers = frozenset(disabled_fixers)
        self.rules = Rules()
        self.path = ""

    @classmethod
    def load(
        cls,
        selector: str = "lightgbm",
        min_probability: float | None = None,
        roots: tuple[str, ...] = (),
        packages: tuple[str, ...] = (),
    ) -> Pipeline:
        """Load the shipped models. `min_probability`: below it we abstain (None: the model's own threshold).
        `roots`: workspace folders whose modules can be imported; `packages`: folders whose packages can, our own
        interpreter's where there are none. Raises ModelError for a model that can't be used."""
        loaded = load_selector(selector, FEATURE_NAMES)
        thresholds = loaded.thresholds
        if min_probability is not None:
            thresholds = replace(thresholds, offer=min_probability)
        return cls(loaded, thresholds, Plausibility.load(), Importables(roots, packages))

    def under(self, rules: Rules, path: str = "") -> Pipeline:
        """This pipeline, its parts shared, under the rules of one file; `path` is what refused changes know the
        file by."""
        one = copy.copy(self)
        one.rules, one.path, one.disabled_fixers = rules, path, rules.disabled_fixers
        if rules.min_probability is not None:
            one.thresholds = replace(self.thresholds, offer=rules.min_probability)
        return one

    async def offers(self, analysis: Analysis, problem: Problem, budget: Budget) -> AsyncIterator[tuple[Offer, ...]]:
        """The offers for a problem, best first, each time the list grows better; the last one yielded is final.

        Yields nothing where we abstain. Cancellable at every await; nothing is left behind.
        """
        if self.rules.silent or not self._is_wanted(problem):
            return
        clock = Clock(budget.seconds)
        for region in regions_for(analysis, problem):
            found: list[Offer] = []
            async for offer in self._repair(analysis, region, problem, clock):
                if offer.probability < self.thresholds.offer:
                    break
                if not self._is_allowed(analysis.snapshot, offer):
                    continue
                preferred = not found and self._is_sure(offer)
                found.append(replace(offer, preferred=preferred))
                yield tuple(found)
                if len(found) >= budget.offers:
                    return
            if found:
                return

    async def final_offers(self, analysis: Analysis, problem: Problem, budget: Budget) -> tuple[Offer, ...]:
        """The last list that `offers` yields; empty where we abstain. Cancellable at every await."""
        final: tuple[Offer, ...] = ()
        async for better in self.offers(analysis, problem, budget):
            final = better
        return final

    async def fix_all(
        self,
        analysis: Analysis,
        budget: Budget,
        *,
        seconds: float = math.inf,
        only_preferred: bool = True,
        wanted: Callable[[Offer], bool] = lambda offer: True,
    ) -> Mended:
        """Apply the best offer for one problem after the other until nothing changes. Cancellable at every await.

        `budget` is for each problem, `seconds` for all; `only_preferred` leaves out what may not be applied blind,
        `wanted` what the caller does not want.
        """
        clock = Clock(seconds)
        edits: tuple[Edit, ...] = ()
        applied: list[Offer] = []
        # What was given up is known by its message and its line's text: edits elsewhere move its place.
        given_up: set[tuple[str, str]] = set()
        while True:
            problems = [one for one in find_all(analysis) if self._is_wanted(one)]
            problem = next((one for one in problems if _key(analysis, one) not in given_up), None)
            if problem is None or clock.is_over or len(applied) >= _MOST_FIXES:
                return Mended(analysis.snapshot, edits, tuple(applied), tuple(problems))
            within = Budget(min(budget.seconds, clock.left), 1)
            offer = next(iter(await self.final_offers(analysis, problem, within)), None)
            if offer is None or (only_preferred and not offer.preferred) or not wanted(offer):
                given_up.add(_key(analysis, problem))
                continue
            applied.append(offer)
            edits = compose_edits(edits, offer.candidate.edits)
            for edit in sorted(offer.candidate.edits, reverse=True):
                analysis = analysis.edited(edit, analysis.snapshot.version)

    async def _repair(self, analysis: Analysis, region: Region, problem: Problem, clock: Clock) -> AsyncIterator[Offer]:
        """Repairs of a region, the most probable first: a best-first search over single steps, whose product of
        probabilities can only fall, so that the first complete one that comes up is the best there is."""
        heap: list[tuple[float, int, Repair]] = [(-1.0, 0, Repair.of(region, problem, analysis))]
        seen: set[str] = set()
        pushed = expanded = 0
        while heap:
            probability, _, repair = heapq.heappop(heap)
            # Steps in another order make the same text; the likeliest order came first.
            if repair.key in seen:
                continue
            seen.add(repair.key)
            if repair.complete:
                offer = repair.offer(problem, -probability)
                if offer.verdict.passed:
                    yield offer
                continue
            if repair.problem is None or len(repair.steps) >= _MOST_STEPS:
                continue
            if expanded >= _MOST_EXPANSIONS or clock.is_over:
                continue
            expanded += 1
            context, group = await self.consider(analysis, repair.region, repair.problem, clock)
            for step, chance in self._rank(context, group)[:_BRANCHES]:
                if probability * -chance < self.thresholds.offer:
                    break
                pushed += 1
                heapq.heappush(heap, (probability * chance, pushed, repair.after(step)))

    async def consider(
        self, analysis: Analysis, region: Region, problem: Problem, clock: Clock
    ) -> tuple[Context, list[Considered]]:
        """Propose and validate: every candidate for one step that mends the region, or that mends its first error
        and leaves another one further down. Equal ones are merged, and their sources counted."""
        fixers = fixers_for(problem, self.disabled_fixers)
        needs = frozenset().union(*(one.needs for one in fixers))
        context = build_context(analysis, region, problem, needs, self.importables)
        passed: dict[str, Considered] = {}
        refused: set[str] = set()
        began, checking, order = time.perf_counter(), 0.0, -1
        slice_end = time.monotonic() + _SLICE
        for order, candidate in enumerate(propose(context, fixers, self.plausibility)):
            change = Change(analysis, problem, candidate, region, context.tokens)
            key = change.key
            if key in passed:
                known = passed[key]
                if candidate.source not in known.sources:
                    passed[key] = replace(known, sources=(*known.sources, candidate.source))
            elif key not in refused:
                since = time.perf_counter()
                if validate(change, "step" if change.moves_on else "all").passed:
                    passed[key] = Considered(change, (candidate.source,), order)
                else:
                    refused.add(key)
                checking += time.perf_counter() - since
            if time.monotonic() >= slice_end:
                await asyncio.sleep(0)
                slice_end = time.monotonic() + _SLICE
                if clock.is_over:
                    break
        proposing = time.perf_counter() - began - checking
        logger.debug("candidates n=%d ms=%.1f", order + 1, proposing * 1000)
        logger.debug("passed n=%d ms=%.1f", len(passed), checking * 1000)
        return context, list(passed.values())

    def _rank(self, context: Context, group: list[Considered]) -> list[tuple[Considered, float]]:
        """The candidates of one step with their probabilities, best first."""
        if not group:
            return []
        began = time.perf_counter()
        rows = features(context, group, self.plausibility)
        scores = self.selector.score(rows, [len(one.sources) for one in group])
        ranked = sorted(zip(group, scores, strict=True), key=lambda pair: -pair[1])
        logger.debug("ranked best=%.3f ms=%.1f", ranked[0][1], (time.perf_counter() - began) * 1000)
        return ranked

    def _is_wanted(self, problem: Problem) -> bool:
        return not self.rules.kinds or problem.kind in self.rules.kinds

    def _is_allowed(self, snapshot: Snapshot, offer: Offer) -> bool:
        """Whether the user's rules let an offer through: it may change no line that is switched off."""
        edits, source = offer.candidate.edits, offer.candidate.source
        # One step may have many proposers; of several, each must be the wanted one's.
        proposers = (source,) if "+" in source else (source, *offer.sources)
        if self.rules.only_fixer and f"fixer:{self.rules.only_fixer}" not in proposers:
            return False
        if any(is_off(snapshot, edit.span) for edit in edits):
            return False
        never = self.rules.never
        return not never or key_of(self.path, snapshot, offer.problem, edits) not in never

    def _is_sure(self, offer: Offer) -> bool:
        sources = offer.candidate.source.split("+")
        return offer.candidate.safety == "safe" and self.thresholds.prefers(offer.probability, sources)


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


def _key(analysis: Analysis, problem: Problem) -> tuple[str, str]:
    line = analysis.snapshot.line_at(problem.span.start)
    return problem.message, analysis.snapshot.line_text(line)
