"""The answers about one open document; those about its present text are kept with it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection
from typing import get_args

from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import Reported, find_at
from quickfix_ls.values import Edit, Offer, Problem, ProblemKind
from quickfix_ls.worker.checking import Checking, on_lines_of
from quickfix_ls.worker.documents import Document
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers
from quickfix_ls.worker.generation import DocumentModels
from quickfix_ls.worker.together import fix_together

logger = logging.getLogger(__name__)

PROBLEMS_AT_ONE_PLACE = 3

SPARE_OFFERS = 3
"""How many offers more than are shown are worked out where checkers may refute some."""

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]


async def offers_at(
    document: Document,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None = None,
    checking: Checking | None = None,
) -> Answered:
    """The problems at one place with their offers, worked on side by side: while a model writes, the others are done.

    A model is asked about the nearest problem alone, since that is what somebody asks about. What the user's checkers
    report there counts as if the editor had sent it, and the fixes are run past them; while they look, the fixes of
    what we know are worked out. Cancellation ends all.
    """
    if checking is None:
        # Nobody is there who could prove a fix of types.
        return await _answered(document, pipeline, question, models, ("syntax", "name"))
    analysis, limit = document.analysis, question.limit
    question = question._replace(limit=limit + SPARE_OFFERS)
    answered, found = await asyncio.gather(_answered(document, pipeline, question, models), checking.reports(analysis))
    if here := on_lines_of(analysis.snapshot, question.span, found):
        told = tuple((one.message, one.span, one.source, one.code) for one in here)
        question = question._replace(reported=(*question.reported, *told))
        answered = await _answered(document, pipeline, question, None)
    proving = (checking.proven(analysis, problem, offers, limit) for problem, offers in answered)
    return tuple(zip((problem for problem, _ in answered), await asyncio.gather(*proving), strict=True))


async def _answered(
    document: Document,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None,
    kinds: Collection[ProblemKind] = get_args(ProblemKind),
) -> Answered:
    """The problems of these kinds with their offers, as our own analysis and what was reported have them."""
    began = time.perf_counter()
    if question.limit != document.limit:
        document.limit = question.limit
        document.forget_answers()
    reported = tuple(Reported(*one) for one in question.reported)
    found = find_at(document.analysis, question.span, reported)
    problems = [one for one in found if one.kind in kinds][:PROBLEMS_AT_ONE_PLACE]
    logger.debug("problems n=%d ms=%.1f", len(problems), (time.perf_counter() - began) * 1000)
    work = (
        _offers_for(document, pipeline, problem, question, models if place == 0 else None)
        for place, problem in enumerate(problems)
    )
    return tuple(zip(problems, await asyncio.gather(*work), strict=True))


async def safe_fixes(
    document: Document, pipeline: Pipeline, question: AskFixAll
) -> tuple[tuple[Edit, ...], tuple[Offer, ...]]:
    """Every safe fix at once; no model has a part in it."""
    mended = await fix_all(pipeline, document.analysis, Budget(question.seconds, 1), seconds=question.seconds)
    return mended.edits, mended.applied


async def fix_kind(document: Document, pipeline: Pipeline, question: AskFixKind) -> Offer | None:
    """Like a fix of all, for the problems of one kind: the same error, or the same proposer of the fix. None
    where the time does not suffice for all."""
    like = question.offer
    kind = like.problem.error_type, like.candidate.source
    if kind not in document.together:
        began, analysis = time.perf_counter(), document.analysis
        together = await fix_together(pipeline, analysis, question)
        if time.perf_counter() - began >= question.seconds or analysis is not document.analysis:
            return None
        document.together[kind] = together
    return document.together[kind]


async def _offers_for(
    document: Document, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    offers = await _unexplained(document, pipeline, problem, question, models)
    if not question.explain:
        return offers
    explained = tuple(map(pipeline.explained, offers))
    if document.offers.get(problem) == offers:
        document.offers[problem] = explained
    return explained


async def _unexplained(
    document: Document, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    known = document.offers.get(problem)
    may_ask = models is not None and models.left > 0
    logger.debug("problem %s %r at=%d known=%s", problem.error_type, problem.message, problem.span.start, bool(known))
    if known is not None and (not may_ask or problem in document.asked):
        return known
    began, analysis = time.perf_counter(), document.analysis
    offers = await pipeline.final_offers(analysis, problem, Budget(question.seconds, question.limit), models)
    # An answer that its time may have cut short is not kept for the next who asks.
    in_time = time.perf_counter() - began < (question.deadline if may_ask else question.seconds)
    if in_time and analysis is document.analysis:
        document.offers[problem] = offers
        if may_ask:
            document.asked.add(problem)
    return offers
