"""A problem in a snapshot becomes candidates; each is validated, the survivors are ranked, the best are offered.

First come the fixes that are worked out here, in milliseconds. Where none of them is sure, and the user has a model, it
is asked for more, and each of its answers takes part the moment it is complete.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import AsyncGenerator, Collection, Iterable
from contextlib import aclosing
from dataclasses import dataclass, replace

from quickfix_ls.candidates.generate import ModelQuestion, Models, question_of
from quickfix_ls.context import Context
from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index, Region
from quickfix_ls.index.language_parts import LanguageParts
from quickfix_ls.plausibility import FILE as PLAUSIBILITY
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.spelling import Spelling
from quickfix_ls.plausibility.untrained import Untrained
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.ranking.explain import explain
from quickfix_ls.ranking.features import Measures
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.selectors import Selector
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.repairs.expansion import Deadline, StepModels, expand
from quickfix_ls.repairs.merged_ranking import MergedRanking
from quickfix_ls.repairs.search import SearchRoot, root_of, search
from quickfix_ls.repairs.user_rules import is_allowed
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.settings import Rules
from quickfix_ls.shipped import models_of
from quickfix_ls.values import Offer, Problem

logger = logging.getLogger(__name__)

UNTRAINED = "first"
"""The selector of a language without models."""

_CERTAIN_LEAD = 0.5
"""Chances of different texts add up to at most 1, so none can overtake one that has half."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long an answer may take, in seconds of wall time, and how many offers it may hold."""

    seconds: float = 0.3
    offers: int = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """The search's offers for a problem so far, best first, and the `root` of the region that they repair (that of the
    first region where there are none); None where nothing could be searched."""

    offers: tuple[Offer, ...] = ()
    root: SearchRoot | None = None


class Pipeline:
    """The resident parts (reward model, token model) and the path through them."""

    def __init__(
        self,
        selector: Selector,
        thresholds: Thresholds,
        plausibility: Plausibility,
        disabled_fixers: Collection[str] = (),
    ) -> None:
        self.selector = selector
        self.thresholds = thresholds
        self.plausibility = plausibility
        self.disabled_fixers = frozenset(disabled_fixers)
        self.rules = Rules()
        self.path = ""

    @classmethod
    def load(
        cls, language: LanguageParts, selector: str = "lightgbm", min_probability: float | None = None
    ) -> Pipeline:
        """Load the shipped models of a language; one that has none is ranked by the order of proposals, and nothing is
        preferred. `min_probability`: below it we abstain (None: the model's own
        threshold). Raises ModelError for a model that can't be used."""
        models, spelling = models_of(language.name), language.part(Spelling)
        is_trained = models.is_dir()
        selector = selector if is_trained else UNTRAINED
        loaded = load_selector(selector, language.part(Measures).names, models)
        thresholds = loaded.thresholds
        if min_probability is not None:
            thresholds = replace(thresholds, offer=min_probability)
        plausibility = Plausibility.load(spelling, models / PLAUSIBILITY) if is_trained else Untrained(spelling)
        return cls(loaded, thresholds, plausibility)

    def under(self, rules: Rules, path: str = "") -> Pipeline:
        """This pipeline, its parts shared, under the rules of one file; `path` is what refused changes know the
        file by."""
        one = copy.copy(self)
        one.rules, one.path, one.disabled_fixers = rules, path, rules.disabled_fixers
        if rules.min_probability is not None:
            one.thresholds = replace(self.thresholds, offer=rules.min_probability)
        return one

    def wants(self, problem: Problem) -> bool:
        """Whether the rules leave room for fixes of this kind of problem."""
        return not self.rules.kinds or problem.kind in self.rules.kinds

    async def offers(
        self, index: Index, problem: Problem, budget: Budget, models: Models | None = None
    ) -> AsyncGenerator[tuple[Offer, ...], None]:
        """The offers for a problem, best first, each time the list grows better; the last one yielded is final.

        Yields nothing where we abstain. `models` are asked where no offer is sure, and have a deadline of their own.
        Cancellable at every await; nothing is left behind.
        """
        if self.rules.silent or not self.wants(problem):
            return
        found = _Found()
        async with aclosing(self._searched(index, problem, budget)) as searched:
            async for found in searched:
                if found.offers:
                    yield found.offers
        if models is None or self._is_answered(models, found):
            return
        async with aclosing(self._generated(index, problem, budget, models, found)) as generated:
            async for offers in generated:
                yield offers

    async def _searched(self, index: Index, problem: Problem, budget: Budget) -> AsyncGenerator[_Found, None]:
        """What the search finds, each time it finds more: the regions are tried until one of them can be repaired.
        The last value yielded has all; there is always one."""
        deadline, min_probability = Deadline(budget.seconds), self._min_probability(problem)
        first: SearchRoot | None = None
        for region in regions_for(index, problem):
            root = await root_of(self._parts, index, region, problem, deadline)
            if root is None:
                continue
            first = first or root
            found = _Found()
            async with aclosing(search(self._parts, index, root, problem, min_probability, deadline)) as offers:
                async for offer in offers:
                    if not is_allowed(self.rules, self.path, index.snapshot, offer):
                        continue
                    preferred = not found.offers and self._is_sure(offer)
                    found = _Found((*found.offers, replace(offer, preferred=preferred)), root)
                    yield found
                    if len(found.offers) >= budget.offers:
                        return
            if found.offers:
                return
        yield _Found(root=first)

    async def _generated(
        self, index: Index, problem: Problem, budget: Budget, models: Models, found: _Found
    ) -> AsyncGenerator[tuple[Offer, ...], None]:
        """What a model adds, answer by answer, until the best can't be overtaken or the model's time is up."""
        question = self._question(index, models, found)
        if question is None or found.root is None:
            return
        ranking = MergedRanking(self._parts, index, found.root, problem, found.offers, models.name)
        async with models.completions(question) as completions:
            async for completion in completions:
                refusal = ranking.add(completion)
                logger.debug("model %s ms=%.0f %s", completion.variant, completion.seconds * 1000, refusal or "passed")
                if refusal:
                    continue
                best = self._best(index.snapshot, ranking.offers(), budget)
                if best:
                    yield best
                if best and best[0].probability >= _CERTAIN_LEAD:
                    return

    def _is_answered(self, models: Models, found: _Found) -> bool:
        """Whether a model has nothing to add: a fix is sure, or only one fixer's are wanted."""
        is_sure = any(offer.preferred for offer in found.offers)
        return bool(self.rules.only_fixer) or (is_sure and not models.always)

    def _question(self, index: Index, models: Models, found: _Found) -> ModelQuestion | None:
        if found.root is None:
            return None
        context = found.root.context
        return question_of(index, context.region, context.problem, models.wanted, models.path)

    def _best(self, snapshot: Snapshot, offers: Iterable[Offer], budget: Budget) -> tuple[Offer, ...]:
        """What may be shown of ranked offers: preferred is only what the search was sure of by itself. The threshold
        was measured on our own proposals; a model that the user chose and asked is heard even where ranking doubts."""
        least_of_model = self.rules.min_probability or 0.0
        likely = (o for o in offers if o.probability >= (least_of_model if o.model else self.thresholds.offer))
        shown = [one for one in likely if is_allowed(self.rules, self.path, snapshot, one)]
        return tuple(
            replace(offer, preferred=offer.preferred and not rank) for rank, offer in enumerate(shown[: budget.offers])
        )

    async def final_offers(
        self, index: Index, problem: Problem, budget: Budget, models: Models | None = None
    ) -> tuple[Offer, ...]:
        """The last list that `offers` yields; empty where we abstain. Cancellable at every await."""
        final: tuple[Offer, ...] = ()
        async with aclosing(self.offers(index, problem, budget, models)) as lists:
            async for better in lists:
                final = better
        return final

    def explained(self, offer: Offer) -> Offer:
        """The offer with the reasons for its probability in words. A few milliseconds, so only where they are read."""
        return offer if offer.why else replace(offer, why=explain(self.selector, offer.seen))

    async def question(
        self, index: Index, problem: Problem, budget: Budget, models: Models
    ) -> tuple[ModelQuestion | None, bool]:
        """What `offers` would ask the models about a problem, None where nothing; and whether it would, or is sure
        without."""
        found = _Found()
        async for better in self._searched(index, problem, budget):
            found = better
        return self._question(index, models, found), not self._is_answered(models, found)

    async def expand(
        self, index: Index, region: Region, problem: Problem, deadline: Deadline
    ) -> tuple[Context, list[ValidCandidate]]:
        """Every candidate for one step that passes, see `repairs.steps`; what the reward model is trained on.
        Cancellable at every await."""
        return await expand(self._parts, index, region, problem, deadline)

    @property
    def _parts(self) -> StepModels:
        return StepModels(self.selector, self.plausibility, self.disabled_fixers)

    def _min_probability(self, problem: Problem) -> float:
        """From which probability on an offer is worth showing. Of types ranking knows nothing: whoever asks about them
        shows none without a checker's proof."""
        return self.thresholds.offer if kind_of(problem).ranked else (self.rules.min_probability or 0.0)

    def _is_sure(self, offer: Offer) -> bool:
        if not kind_of(offer.problem).ranked:
            return False
        sources = offer.candidate.source.split("+")
        return offer.candidate.safety == "safe" and self.thresholds.prefers(offer.probability, sources)
