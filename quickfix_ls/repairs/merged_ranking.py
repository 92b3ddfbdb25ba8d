"""Merge the repairs that the search found for a region and those of a language model into one ranked list.

All are scored by the same reward model, as one group. It was trained on single steps and on no model's repairs. So a
repair of several steps keeps the probability that the search computed from its steps, and a model's repair is never
marked as preferred, whatever its score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quickfix_ls.candidates.generate import SOURCE, Completion, candidate_of
from quickfix_ls.context import Context
from quickfix_ls.index.index import Index
from quickfix_ls.repairs.expansion import Score, StepModels, scored
from quickfix_ls.repairs.order import ordered
from quickfix_ls.repairs.search import SearchRoot
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.validation import validate
from quickfix_ls.validation.change import Change
from quickfix_ls.validation.content import keeps_content
from quickfix_ls.values import Candidate, Offer, Problem, Verdict


class MergedRanking:
    """The offers for one problem: `add` validates and includes a completion, `offers` returns all of them, ranked."""

    def __init__(
        self, parts: StepModels, index: Index, root: SearchRoot, problem: Problem, found: Sequence[Offer], model: str
    ) -> None:
        """Start from the search's offers `found` for `root`; `model` is the name of the model that answers."""
        self._parts = parts
        self._analysis = index
        self._context = root.first.context
        self._problem = problem
        self._model = model
        self._group = list(root.first.group)
        self._found = {self._key(offer.candidate): offer for offer in found}
        self._generated: dict[str, ValidCandidate] = {}

    def add(self, completion: Completion) -> str:
        """Validate a completion and include it; return an empty string if it passed, else the reason for its refusal.

        A completion that makes the same text as another candidate is added to the sources of that one.
        """
        candidate, refusal = valid_candidate_of(completion, self._analysis, self._context, self._problem)
        if candidate is not None:
            self._vote(candidate)
        return refusal

    def offers(self) -> list[Offer]:
        """Return the offers for all valid repairs so far, best first (see `order`)."""
        generated = list(self._generated.values())
        group = [*self._group, *generated]
        scores = scored(self._parts, self._context, group)
        by_key = {candidate.change.key: score for candidate, score in zip(group, scores, strict=True)}
        found = [_scored(offer, by_key[key]) if key in by_key else offer for key, offer in self._found.items()]
        fresh = [_scored(self._offer(candidate), by_key[candidate.change.key]) for candidate in generated]
        return ordered([*found, *fresh])

    def _vote(self, candidate: ValidCandidate) -> None:
        key, source = candidate.change.key, candidate.sources[0]
        known = next((other for other in self._group if other.change.key == key), None)
        if known is not None:
            self._group = [other.with_source(source) if other is known else other for other in self._group]
            # The search may have found this candidate too improbable to offer; with a second source it is ranked again.
            self._found.setdefault(key, self._offer(known))
        if key in self._found:
            offer = self._found[key]
            self._found[key] = replace(offer, sources=tuple(dict.fromkeys((*offer.sources, source))))
        else:
            first = replace(candidate, order=len(self._group) + len(self._generated))
            self._generated[key] = self._generated.get(key, first).with_source(source)

    def _offer(self, candidate: ValidCandidate) -> Offer:
        wrote = self._model if candidate.sources[0].startswith(SOURCE) else ""
        change = candidate.change.candidate
        keeps = keeps_content(candidate.change)
        return Offer(self._problem, change, candidate.sources, candidate.verdict, 0.0, model=wrote, keeps_content=keeps)

    def _key(self, candidate: Candidate) -> str:
        return _change(self._analysis, self._context.problem, self._context, candidate).key


def valid_candidate_of(
    completion: Completion, index: Index, context: Context, problem: Problem
) -> tuple[ValidCandidate | None, str]:
    """Read and validate a completion; return its candidate and an empty string, or None and the reason for refusal.

    It must be a complete repair of the requested `problem`; `context` is that of the region's first error.
    """
    if completion.error:
        return None, completion.error
    candidate, reply = candidate_of(completion, index, context)
    if candidate is None:
        return None, f"{reply.refusal}: {'; '.join(reply.notes)}" if reply.notes else str(reply.refusal)
    change = _change(index, context.problem, context, candidate)
    verdict = validate(change, "step", "repair")
    if not verdict.passed:
        return None, verdict.refusal
    last = validate(_change(index, problem, context, candidate), "offer")
    if not last.passed:
        return None, last.refusal
    return ValidCandidate(change, (candidate.source,), 0, Verdict((*verdict.checks, *last.checks))), ""


def _change(index: Index, problem: Problem, context: Context, candidate: Candidate) -> Change:
    return Change(index, problem, candidate, context.region, context.tokens)


def _scored(offer: Offer, score: Score) -> Offer:
    return replace(offer, probability=score.probability, seen=(score.seen,))
