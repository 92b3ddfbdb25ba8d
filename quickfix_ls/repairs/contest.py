"""The repairs of one region beside each other: those that the search found, and a model's as they come in.

All are scored by the same reward model, as one group. It was trained on steps and has met no model's repair, so two
things are kept from it: a repair of several steps keeps the probability that its steps gave it, and what a model wrote
is never sure enough to be applied blind, however it scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quickfix_ls.candidates.generate import SOURCE, Completion, candidate_of
from quickfix_ls.context import Context
from quickfix_ls.index.index import Index
from quickfix_ls.ranking.features import Considered
from quickfix_ls.repairs.search import Start
from quickfix_ls.repairs.steps import Parts, Score, scored, voted
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.fewer_broken import refusal_of
from quickfix_ls.values import Candidate, Offer, Problem


class Contest:
    """What there is for one problem; `add` puts one completion in, `offers` says who leads."""

    def __init__(
        self, parts: Parts, analysis: Index, start: Start, problem: Problem, found: Sequence[Offer], model: str
    ) -> None:
        """`found` is what the search has to offer, `model` the name of the model that answers."""
        self._parts = parts
        self._analysis = analysis
        self._start = start
        self._problem = problem
        self._model = model
        self._group = list(start.group)
        self._found = {self._key(offer.candidate): offer for offer in found}
        self._generated: dict[str, Considered] = {}

    def add(self, completion: Completion) -> str:
        """Take one answer in; empty where it passed, else why not, in words. One that makes the same text as another
        counts as a vote for it."""
        change, refusal = change_of(completion, self._analysis, self._start.context, self._problem)
        if change is not None:
            self._vote(change, change.candidate.source)
        return refusal

    def offers(self) -> list[Offer]:
        """All that passed, best first."""
        generated = list(self._generated.values())
        group = [*self._group, *generated]
        scores = scored(self._parts, self._start.context, group)
        by_key = {one.change.key: (one, score) for one, score in zip(group, scores, strict=True)}
        found = [_scored(offer, by_key[key][1]) if key in by_key else offer for key, offer in self._found.items()]
        fresh = [_scored(self._offer(one), by_key[one.change.key][1]) for one in generated]
        return sorted([*found, *fresh], key=lambda offer: -offer.probability)

    def _vote(self, change: Change, source: str) -> None:
        key = change.key
        known = next((one for one in self._group if one.change.key == key), None)
        if known is not None:
            self._group = [voted(one, source) if one is known else one for one in self._group]
            # What the search thought too unlikely to offer is looked at again, now that two propose it.
            self._found.setdefault(key, self._offer(known))
        if key in self._found:
            offer = self._found[key]
            self._found[key] = replace(offer, sources=tuple(dict.fromkeys((*offer.sources, source))))
        else:
            one = self._generated.get(key, Considered(change, (), len(self._group) + len(self._generated)))
            self._generated[key] = voted(one, source)

    def _offer(self, one: Considered) -> Offer:
        wrote = self._model if one.sources[0].startswith(SOURCE) else ""
        return Offer(self._problem, one.change.candidate, one.sources, validate(one.change), 0.0, model=wrote)

    def _key(self, candidate: Candidate) -> str:
        return _change(self._analysis, self._start.context, candidate).key


def change_of(completion: Completion, analysis: Index, context: Context, problem: Problem) -> tuple[Change | None, str]:
    """The change that an answer comes to, where it passes as a whole repair of the `problem` that was asked about; else
    None, and why not, in words. `context` is that of the region's first error."""
    if completion.error:
        return None, completion.error
    candidate, reply = candidate_of(completion, analysis, context)
    if candidate is None:
        return None, f"{reply.refusal}: {'; '.join(reply.notes)}" if reply.notes else str(reply.refusal)
    change = _change(analysis, context, candidate)
    refusal = validate(change).refusal or refusal_of(analysis, problem, candidate.edits)
    return (None, refusal) if refusal else (change, "")


def _change(analysis: Index, context: Context, candidate: Candidate) -> Change:
    return Change(analysis, context.problem, candidate, context.region, context.tokens)


def _scored(offer: Offer, score: Score) -> Offer:
    return replace(offer, probability=score.probability, seen=(score.seen,))
