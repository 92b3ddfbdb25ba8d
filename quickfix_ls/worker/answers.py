"""The answers about one open document; those about its present text are kept with it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Collection, Sequence
from typing import get_args

from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import Reported, find_at
from quickfix_ls.problems.typed import doubts_at, informed
from quickfix_ls.values import Edit, Offer, Problem, ProblemKind
from quickfix_ls.worker.checking import Checking, on_lines_of
from quickfix_ls.worker.documents import Document, known_by
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers
from quickfix_ls.worker.generation import DocumentModels
from quickfix_ls.worker.inferring import Inferring
from quickfix_ls.worker.part import Part
from quickfix_ls.worker.together import fix_together

logger = logging.getLogger(__name__)

PROBLEMS_AT_ONE_PLACE = 3

SPARE_OFFERS = 3
"""How many offers more than are shown are worked out where checkers may refute some."""

_AHEAD_SECONDS = 0.3
"""How long an answer is worked on that nobody has asked for yet."""

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]


async def offers_at(
    document: Document,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None = None,
    checking: Checking | None = None,
    inferring: Inferring | None = None,
) -> Answered:
    """The problems at one place with their offers, worked on side by side: while a model writes, the others are done.

    A model is asked about the nearest problem alone, since that is what somebody asks about. What the user's checkers
    report there counts as if the editor had sent it, and the fixes are run past them; while they look, the fixes of
    what we know are worked out. Types are asked where nothing is proven, and waited for where nothing else is found.
    Cancellation ends all.
    """
    if checking is None:
        # Nobody is there who could prove a fix of types.
        return await _answered(document, pipeline, question, models, inferring, ("syntax", "name"))
    analysis, limit = document.analysis, question.limit
    question = question._replace(limit=limit + SPARE_OFFERS)
    answered, found = await asyncio.gather(
        _answered(document, pipeline, question, models, inferring), checking.reports(analysis)
    )
    if here := on_lines_of(analysis.snapshot, question.span, found):
        told = tuple((one.message, one.span, one.source, one.code) for one in here)
        question = question._replace(reported=(*question.reported, *told))
        answered = await _answered(document, pipeline, question, None, inferring)
    proving = (checking.proven(analysis, problem, offers, limit) for problem, offers in answered)
    return tuple(zip((problem for problem, _ in answered), await asyncio.gather(*proving), strict=True))


async def _answered(
    document: Document,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None,
    inferring: Inferring | None,
    kinds: Collection[ProblemKind] = get_args(ProblemKind),
) -> Answered:
    """The problems of these kinds with their offers, as our own analysis, what was reported and types have them."""
    began, analysis = time.perf_counter(), document.analysis
    document.expect(question.limit)
    reported = tuple(Reported(*one) for one in question.reported)
    found = find_at(analysis, question.span, reported)
    logger.debug("problems n=%d ms=%.1f", len(found), (time.perf_counter() - began) * 1000)
    doubts = doubts_at(analysis, question.span, found, reported) if inferring is not None else ()
    # A cursor that moves asks nothing but what a tool reports; what is known already counts all the same.
    for wanted in (doubts, doubts if question.inferring else tuple(one for one in doubts if one.reported)):
        if inferring is None or not wanted:
            return await _offered(document, pipeline, question, models, found, kinds)
        if (known := inferring.remembered(wanted)) is not None:
            better = informed(analysis, found, wanted, known)
            return await _offered(document, pipeline, question, models, better, kinds)
    assert inferring is not None
    asked = inferring.ask(analysis.snapshot.text, wanted)
    answered = await _offered(document, pipeline, question, models, found, kinds)
    is_found = any(offers for _, offers in answered)
    answers = await inferring.answers(asked, 0.0 if is_found else question.inferring)
    better = informed(analysis, found, wanted, answers) if answers is not None else found
    if [one.origin for one in better] == [one.origin for one in found]:
        return answered
    return await _offered(document, pipeline, question, None, better, kinds)


async def _offered(
    document: Document,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None,
    found: Sequence[Problem],
    kinds: Collection[ProblemKind],
) -> Answered:
    """The first problems of these kinds with their offers."""
    problems = [one for one in found if one.kind in kinds][:PROBLEMS_AT_ONE_PLACE]
    document.foresight.drop(but_for=[known_by(one) for one in problems])
    work = (
        _offers_for(document, pipeline, problem, question, models if place == 0 else None)
        for place, problem in enumerate(problems)
    )
    return tuple(zip(problems, await asyncio.gather(*work), strict=True))


def foresee(document: Document, pipeline: Pipeline, found: Sequence[Problem], limit: int) -> None:
    """Begin to work out the offers, `limit` of them, for the problem that is nearest to the last edit."""
    document.expect(limit)
    problem = min(found, key=lambda one: abs(one.span.start - document.edited_at), default=None)
    if problem is None or known_by(problem) in document.offers:
        return
    document.foresight.begin(known_by(problem), _ahead(document, pipeline, problem, limit))


async def _ahead(document: Document, pipeline: Pipeline, problem: Problem, limit: int) -> None:
    began = time.perf_counter()
    try:
        offers = await pipeline.final_offers(document.analysis, problem, Budget(_AHEAD_SECONDS, limit))
    except Exception:
        logger.exception("could not work ahead on %r", problem)
    else:
        if time.perf_counter() - began < _AHEAD_SECONDS:
            document.offers[known_by(problem)] = offers


async def safe_fixes(
    document: Document, pipeline: Pipeline, question: AskFixAll
) -> tuple[tuple[Edit, ...], tuple[Offer, ...]]:
    """Every safe fix at once; no model has a part in it."""
    budget, seconds = Budget(question.seconds, 1), question.seconds
    if question.within:
        part = Part(question.within)
        mended = await fix_all(
            pipeline, document.analysis, budget, seconds=seconds, wanted=part.takes, find=part.problems
        )
    else:
        mended = await fix_all(pipeline, document.analysis, budget, seconds=seconds)
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
    if document.offers.get(known_by(problem)) == offers:
        document.offers[known_by(problem)] = explained
    return explained


async def _unexplained(
    document: Document, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    began, analysis = time.perf_counter(), document.analysis
    may_ask = models is not None and models.left > 0
    await document.foresight.catch_up(known_by(problem), question.seconds)
    known = document.offers.get(known_by(problem))
    logger.debug("problem %s %r at=%d known=%s", problem.error_type, problem.message, problem.span.start, bool(known))
    if known is not None and (not may_ask or problem in document.asked):
        return known
    left = question.seconds - (time.perf_counter() - began)
    offers = await pipeline.final_offers(analysis, problem, Budget(max(left, 0.0), question.limit), models)
    # An answer that its time may have cut short is not kept for the next who asks.
    in_time = time.perf_counter() - began < (question.deadline if may_ask else question.seconds)
    if in_time and analysis is document.analysis:
        document.offers[known_by(problem)] = offers
        if may_ask:
            document.asked.add(problem)
    return offers
