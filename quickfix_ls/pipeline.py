"""From a problem in a snapshot to offers: candidates are proposed, validated and ranked, and the best are offered.

The local search comes first and takes milliseconds. If none of its offers is sure and the user has configured a
language model, the model is asked for more candidates, and each of its answers is ranked as soon as it is complete.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import AsyncGenerator, Collection, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from quickfix_ls.candidates.fixers import Fixers, all_fixers
from quickfix_ls.candidates.generate import ModelQuestion, Models, is_by_model, question_of
from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index, Region
from quickfix_ls.index.language_parts import LanguageParts
from quickfix_ls.plausibility import FILE as PLAUSIBILITY
from quickfix_ls.plausibility import Plausibility
from quickfix_ls.plausibility.tokenizer import ModelTokenizer
from quickfix_ls.plausibility.untrained import Untrained
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.ranking.explain import NO_TOPICS, TopicWords, explain
from quickfix_ls.ranking.features import Measures
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.selectors import Selector
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.repairs.expansion import Deadline, Expansion, StepModels, expand
from quickfix_ls.repairs.merged_ranking import MergedRanking
from quickfix_ls.repairs.order import held_back, ordered
from quickfix_ls.repairs.reach import with_reach
from quickfix_ls.repairs.search import SearchRoot, root_of, search
from quickfix_ls.repairs.titles import told_apart
from quickfix_ls.repairs.user_rules import is_allowed
from quickfix_ls.settings import Rules
from quickfix_ls.shipped import models_of
from quickfix_ls.validation import Checks, all_checks
from quickfix_ls.values import Offer, Problem

logger = logging.getLogger(__name__)

UNTRAINED = "first"
"""The name of the selector for a language without trained models."""

_CERTAIN_LEAD = 0.5
"""Probabilities of different repairs add up to at most 1, so no later answer can overtake an offer at this one."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one request: `seconds` of wall time, and the number of `offers` in the answer."""

    seconds: float = 0.3
    offers: int = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """The search's `offers` for a problem so far, best first, and the `root` of the region that they repair.

    If there are no offers, `root` is that of the first region; it is None if no region could be searched.
    """

    offers: tuple[Offer, ...] = ()
    root: SearchRoot | None = None


class Pipeline:
    """The loaded models (reward model, token model) and the stages that use them, for one language."""

    def __init__(
        self,
        selector: Selector,
        thresholds: Thresholds,
        plausibility: Plausibility,
        disabled_fixers: Collection[str] = (),
        topics: Mapping[str, TopicWords] = NO_TOPICS,
    ) -> None:
        self.selector = selector
        self.topics = topics
        self.thresholds = thresholds
        self.plausibility = plausibility
        self.disabled_fixers = frozenset(disabled_fixers)
        self.rules = Rules()
        self.path = ""

    @classmethod
    def load(
        cls, language: LanguageParts, selector: str = "lightgbm", min_probability: float | None = None
    ) -> Pipeline:
        """Load the shipped models of a language.

        Candidates of a language without models are ranked in the order of their proposal, and none is preferred.
        Offers below `min_probability` are not shown (None: the model's own threshold applies). Raises ModelError if a
        model can't be used.
        """
        models, tokenizer = models_of(language.name), language.part(ModelTokenizer)
        is_trained = models.is_dir()
        selector = selector if is_trained else UNTRAINED
        loaded = load_selector(selector, language.part(Measures).names, models)
        thresholds = loaded.thresholds
        if min_probability is not None:
            thresholds = replace(thresholds, offer=min_probability, offer_name=None)
        plausibility = Plausibility.load(tokenizer, models / PLAUSIBILITY) if is_trained else Untrained(tokenizer)
        return cls(loaded, thresholds, plausibility, topics=language.part(Measures).topics)

    def under(self, rules: Rules, path: str = "") -> Pipeline:
        """Return a copy that applies the rules of one file and shares the loaded models.

        `path` identifies the file in the list of refused changes.
        """
        pipeline = copy.copy(self)
        pipeline.rules, pipeline.path, pipeline.disabled_fixers = rules, path, rules.disabled_fixers
        if rules.min_probability is not None:
            pipeline.thresholds = replace(self.thresholds, offer=rules.min_probability, offer_name=None)
        return pipeline

    def wants(self, problem: Problem) -> bool:
        """Return whether the user's rules permit fixes for this kind of problem."""
        return not self.rules.kinds or problem.kind in self.rules.kinds

    async def offers(
        self, index: Index, problem: Problem, budget: Budget, models: Models | None = None, *, alone: bool = False
    ) -> AsyncGenerator[tuple[Offer, ...], None]:
        """Yield the offers for a problem, best first, each time the list improves; the last list yielded is final.

        Yields nothing if no candidate is probable enough. `models` are asked only if no offer is sure, and have a
        deadline of their own. With `alone`, no other error is repaired together with the problem. Cancellable at every
        await; cancellation also stops requests to models.
        """
        if self.rules.silent or not self.wants(problem):
            return
        found = _Found()
        async with aclosing(self._searched(index, problem, budget, alone=alone)) as searched:
            async for found in searched:
                if found.offers:
                    yield tuple(with_reach(index, offer) for offer in found.offers)
        if models is None or self._is_answered(models, found):
            return
        async with aclosing(self._generated(index, problem, budget, models, found)) as generated:
            async for offers in generated:
                yield tuple(with_reach(index, offer) for offer in offers)

    async def _searched(
        self, index: Index, problem: Problem, budget: Budget, *, alone: bool = False
    ) -> AsyncGenerator[_Found, None]:
        """Search the regions in turn until one of them can be repaired; yield the offers so far after each new one.

        The last value yielded is complete; at least one value is yielded. Offers that are held back (`repairs.order`)
        are yielded behind others only: alone they are nearly always wrong. Cancellable at every await.
        """
        # Before the clock starts: the first search in a process would spend its time on imports.
        all_fixers(index.language.part(Fixers))
        all_checks(index.language.part(Checks))
        deadline, min_probability = Deadline(budget.seconds), self._min_probability(problem)
        first: SearchRoot | None = None
        for region in regions_for(index, problem, alone=alone):
            root = await root_of(self._parts, index, region, problem, deadline)
            if root is None:
                continue
            first = first or root
            found, known = False, list[Offer]()
            async with aclosing(search(self._parts, index, root, problem, min_probability, deadline)) as offers:
                async for offer in offers:
                    if not is_allowed(self.rules, self.path, index.snapshot, offer):
                        continue
                    known = ordered([*known, offer])
                    if held_back(known[0]) and self.rules.min_probability is None:
                        continue
                    found = True
                    yield _Found(self._presented(index.snapshot, known[: budget.offers]), root)
                    if sum(not held_back(one) for one in known) >= budget.offers:
                        return
            if found:
                return
        yield _Found(root=first)

    def _presented(self, snapshot: Snapshot, offers: Sequence[Offer]) -> tuple[Offer, ...]:
        """Return the offers, each with a title of its own; only the first is preferred, if it is sure."""
        told = told_apart(snapshot.text, offers)
        return tuple(replace(offer, preferred=not rank and self._is_sure(offer)) for rank, offer in enumerate(told))

    async def _generated(
        self, index: Index, problem: Problem, budget: Budget, models: Models, found: _Found
    ) -> AsyncGenerator[tuple[Offer, ...], None]:
        """Ask the models and yield the merged list after each valid answer.

        Ends when the best offer can't be overtaken or the models' deadline is reached. Cancellable at every await;
        the answers still under way are cancelled too.
        """
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
        """Return whether no model needs to be asked: an offer is sure, or only one fixer's offers are wanted."""
        is_sure = any(offer.preferred for offer in found.offers)
        return bool(self.rules.only_fixer) or (is_sure and not models.always)

    def _question(self, index: Index, models: Models, found: _Found) -> ModelQuestion | None:
        if found.root is None:
            return None
        context = found.root.first.context
        return question_of(index, context.region, context.problem, models.wanted, models.path)

    def _best(self, snapshot: Snapshot, offers: Iterable[Offer], budget: Budget) -> tuple[Offer, ...]:
        """Select the offers to show from ranked ones; only the first may stay preferred, as the search marked it.

        The offer threshold was measured on local proposals only, so it does not apply to offers that a model proposed,
        alone or too: those are limited by the user's own `min_probability`, if there is one.
        """
        model_threshold = self.rules.min_probability or 0.0
        likely = (
            o for o in offers if o.probability >= (model_threshold if is_by_model(o) else self._shown_from(o.problem))
        )
        shown = [offer for offer in likely if is_allowed(self.rules, self.path, snapshot, offer)]
        told = told_apart(snapshot.text, shown[: budget.offers])
        return tuple(replace(offer, preferred=offer.preferred and not rank) for rank, offer in enumerate(told))

    async def final_offers(
        self, index: Index, problem: Problem, budget: Budget, models: Models | None = None, *, alone: bool = False
    ) -> tuple[Offer, ...]:
        """Return the last list that `offers` yields; empty if it yields none. Cancellable at every await."""
        final: tuple[Offer, ...] = ()
        async with aclosing(self.offers(index, problem, budget, models, alone=alone)) as lists:
            async for better in lists:
                final = better
        return final

    def explained(self, offer: Offer) -> Offer:
        """Return the offer with the reasons for its probability in words.

        Takes a few milliseconds, so call it only for offers whose reasons are shown.
        """
        return offer if offer.why else replace(offer, why=explain(self.selector, offer.seen, self.topics))

    async def question(
        self, index: Index, problem: Problem, budget: Budget, models: Models
    ) -> tuple[ModelQuestion | None, bool]:
        """Return the question for the models about a problem (None if there is none), and whether `offers` asks it.

        `offers` does not ask if the search already has a sure offer. Cancellable at every await.
        """
        found = _Found()
        async for better in self._searched(index, problem, budget):
            found = better
        return self._question(index, models, found), not self._is_answered(models, found)

    async def expand(self, index: Index, region: Region, problem: Problem, deadline: Deadline) -> Expansion:
        """Return every valid candidate for one step in a region, see `repairs.expansion`.

        The reward model is trained on these. Cancellable at every await.
        """
        return await expand(self._parts, index, region, problem, deadline)

    @property
    def _parts(self) -> StepModels:
        return StepModels(self.selector, self.plausibility, self.disabled_fixers)

    def _min_probability(self, problem: Problem) -> float:
        """Return the probability from which on an offer for this problem is shown.

        The reward model was not trained on kinds that are not `ranked` (types), so its threshold does not apply to
        them; the caller shows their offers only after a checker has confirmed them.
        """
        return self._shown_from(problem) if kind_of(problem).ranked else (self.rules.min_probability or 0.0)

    def _shown_from(self, problem: Problem) -> float:
        return self.thresholds.shown_from(kind_of(problem).stepwise)

    def _is_sure(self, offer: Offer) -> bool:
        kind = kind_of(offer.problem)
        if not kind.ranked or not offer.keeps_content or offer.candidate.safety != "safe":
            return False
        return self.thresholds.prefers(offer.probability, kind.stepwise, offer.candidate.source.split("+"))
