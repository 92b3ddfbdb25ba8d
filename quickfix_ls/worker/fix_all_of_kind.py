"""The fixes of all problems of one kind in a file, as one change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
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

_PROBLEM_SECONDS = 1.0
"""Time limit of one problem."""


async def fix_all_of_kind(
    pipeline: Pipeline, index: Index, question: AskFixKind, seconds: float, pause: Callable[[], Awaitable[None]]
) -> Offer | None:
    """Return one offer with the edits of all fixes like the question's offer; None if there are too few.

    Problems are alike if they have the same error code, or fixes from the same source. Only preferred fixes are applied
    or, if the question's offer is a translation to the present syntax, only translations. The offer must fix at least
    `question.min_problems` problems with at least two repairs. `seconds` limit the whole, and `pause` is awaited before
    each problem. Cancellable at every await.
    """
    like = question.offer
    translates = _translates(index.language, like)
    if not (like.preferred or translates):
        return None
    found = [problem for problem in find_all(index) if problem.kind == like.problem.kind]
    if len(found) < question.min_problems:
        return None

    def is_alike(offer: Offer) -> bool:
        if translates:
            return _translates(index.language, offer)
        same_error = offer.problem.code == like.problem.code
        return same_error or offer.candidate.source == like.candidate.source

    budget = Budget(_PROBLEM_SECONDS, 1)
    one_kind = pipeline.under(pipeline.rules._replace(kinds=(like.problem.kind,)), pipeline.path)
    fixed = await fix_all(
        one_kind, index, budget, seconds=seconds, only_preferred=not translates, wanted=is_alike, pause=pause
    )
    # A repair of several steps may fix several problems: problems are counted, not repairs.
    count = len(found) - sum(problem.kind == like.problem.kind for problem in fixed.left)
    never = pipeline.rules.never
    if count < question.min_problems or len(fixed.applied) < 2:
        return None
    if never and key_of(pipeline.path, index.snapshot, like.problem, fixed.edits) in never:
        return None
    left = any(problem.code == like.problem.code for problem in fixed.left)
    title = f"Fix {'' if left else 'all '}{count} problems of this kind in this file"
    candidate = replace(like.candidate, edits=fixed.edits, title=title)
    min_probability = min(offer.probability for offer in fixed.applied)
    return replace(like, candidate=candidate, probability=min_probability, preferred=False)


def _translates(language: LanguageParts, offer: Offer) -> bool:
    """Return whether every step of an offer translates outdated syntax (`Fixer.translates`)."""
    return set(offer.candidate.source.split("+")) <= {
        fixer.source for fixer in all_fixers(language.part(Fixers)) if fixer.translates
    }
