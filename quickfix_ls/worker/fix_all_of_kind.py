"""The fixes of all problems of one kind in a file, as one change."""

from __future__ import annotations

from dataclasses import replace

from quickfix_ls.candidates.fixers import Fixers, all_fixers
from quickfix_ls.fix_all import fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.index.language_parts import LanguageParts
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.refused_changes import key_of
from quickfix_ls.values import Offer
from quickfix_ls.worker.frames import AskFixKind


async def fix_all_of_kind(pipeline: Pipeline, index: Index, question: AskFixKind) -> Offer | None:
    """One offer whose candidate holds the edits of all that may be applied blind, or that translate as the one in
    question does; None where that mends fewer than `question.least` problems, or no more than the single fix. Alike
    are problems with the same error, or with a fix by the same proposer. Cancellable at every await."""
    like = question.offer
    translates = _translates(index.language, like)
    if not (like.preferred or translates):
        return None
    found = [one for one in find_all(index) if one.kind == like.problem.kind]
    if len(found) < question.least:
        return None

    def is_alike(offer: Offer) -> bool:
        if translates:
            return _translates(index.language, offer)
        same_error = offer.problem.code == like.problem.code
        return same_error or offer.candidate.source == like.candidate.source

    budget = Budget(question.seconds, 1)
    one_kind = pipeline.under(pipeline.rules._replace(kinds=(like.problem.kind,)), pipeline.path)
    mended = await fix_all(
        one_kind, index, budget, seconds=question.seconds, only_preferred=not translates, wanted=is_alike
    )
    # A repair of several steps may mend several problems: they are counted, not the repairs.
    count = len(found) - sum(one.kind == like.problem.kind for one in mended.left)
    never = pipeline.rules.never
    if count < question.least or len(mended.applied) < 2:
        return None
    if never and key_of(pipeline.path, index.snapshot, like.problem, mended.edits) in never:
        return None
    left = any(one.code == like.problem.code for one in mended.left)
    title = f"Fix {'' if left else 'all '}{count} problems of this kind in this file"
    candidate = replace(like.candidate, edits=mended.edits, title=title)
    least = min(offer.probability for offer in mended.applied)
    return replace(like, candidate=candidate, probability=least, preferred=False)


def _translates(language: LanguageParts, offer: Offer) -> bool:
    """Whether every step of an offer says in today's language what was there before."""
    return set(offer.candidate.source.split("+")) <= {
        one.source for one in all_fixers(language.part(Fixers)) if one.translates
    }
