"""The answers about one open document; those about its present text are kept with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from quickfix_ls.fix_all import fix_all
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems.kinds import KINDS, proven_by
from quickfix_ls.tasks import side_by_side
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.evidence import Evidence, gathering
from quickfix_ls.worker.fix_all_of_kind import fix_all_of_kind
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers
from quickfix_ls.worker.generation import DocumentModels
from quickfix_ls.worker.open_documents import OpenDocument, answer_key
from quickfix_ls.worker.part import Part
from quickfix_ls.worker.type_lookup import TypeLookup

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

PROBLEMS_AT_ONE_PLACE = 3

SPARE_OFFERS = 3
"""How many offers more than are shown are worked out where checkers may refute some."""

_AHEAD_SECONDS = 0.3
"""How long an answer is worked on that nobody has asked for yet."""

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]


async def offers_at(
    document: OpenDocument,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None = None,
    checking: Checking | None = None,
    types: TypeLookup | None = None,
) -> Answered:
    """The problems at one place with their offers: evidence is gathered, offers are made from it, and proven.

    Offers are made from what is at hand while the user's checkers look and types are asked; what these tell replaces
    that. A model is asked about the nearest problem of the first evidence alone, since that is what somebody asks
    about. Without checkers nobody could prove a fix of types, so that problems of that kind are left out.

    Cancellation ends all of it but the question to the types, whose answers are kept for the next request.
    """
    index, limit = document.index, question.limit
    if checking is not None:
        question = question._replace(limit=limit + SPARE_OFFERS)
    answered: Answered = ()
    async with gathering(index, question, checking, types) as gathered:
        evidence: Evidence | None = gathered.first
        while evidence is not None:
            problems = _problems(evidence, with_types=checking is not None)
            answered = await _offered(document, pipeline, question, problems, models)
            models = None
            evidence = await gathered.more(is_found=any(offers for _, offers in answered))
    if checking is None:
        return answered
    proofs = (partial(checking.proven, index, problem, offers, limit) for problem, offers in answered)
    return tuple(zip((problem for problem, _ in answered), await side_by_side(*proofs), strict=True))


def _problems(evidence: Evidence, *, with_types: bool) -> list[Problem]:
    """The nearest problems, of the kinds whose fixes can be proven."""
    kinds = tuple(KINDS) if with_types else proven_by("parser", "analysis")
    return [problem for problem in evidence.problems if problem.kind in kinds][:PROBLEMS_AT_ONE_PLACE]


async def _offered(
    document: OpenDocument,
    pipeline: Pipeline,
    question: AskOffers,
    problems: Sequence[Problem],
    models: DocumentModels | None,
) -> Answered:
    """The problems with their offers, worked on side by side: while a model writes for the first one, the others are
    done. Cancellation ends all."""
    document.expect(question.limit)
    document.prefetch.drop(but_for=[answer_key(problem) for problem in problems])
    work = (
        partial(_offers_for, document, pipeline, problem, question, None if place else models)
        for place, problem in enumerate(problems)
    )
    return tuple(zip(problems, await side_by_side(*work), strict=True))


def work_ahead(
    document: OpenDocument, pipeline: Pipeline, found: Sequence[Problem], limit: int, tasks: TaskGroup
) -> None:
    """Begin to work out the offers, `limit` of them, for the problem that is nearest to the last edit."""
    document.expect(limit)
    problem = min(found, key=lambda one: abs(one.span.start - document.edited_at), default=None)
    if problem is None or answer_key(problem) in document.offers:
        return
    document.prefetch.begin(tasks, answer_key(problem), partial(_ahead, document, pipeline, problem, limit))


async def _ahead(document: OpenDocument, pipeline: Pipeline, problem: Problem, limit: int) -> None:
    """Keep the offers for a problem with its document. Cancellation keeps nothing."""
    began = time.perf_counter()
    offers = await pipeline.final_offers(document.index, problem, Budget(_AHEAD_SECONDS, limit))
    if time.perf_counter() - began < _AHEAD_SECONDS:
        document.offers[answer_key(problem)] = offers


async def safe_fixes(
    document: OpenDocument, pipeline: Pipeline, question: AskFixAll
) -> tuple[tuple[Edit, ...], tuple[Offer, ...]]:
    """Every safe fix at once; no model has a part in it. Cancellable at every await."""
    budget, seconds = Budget(question.seconds, 1), question.seconds
    if question.within:
        part = Part(question.within)
        mended = await fix_all(pipeline, document.index, budget, seconds=seconds, wanted=part.takes, find=part.problems)
    else:
        mended = await fix_all(pipeline, document.index, budget, seconds=seconds)
    return mended.edits, mended.applied


async def fix_kind(document: OpenDocument, pipeline: Pipeline, question: AskFixKind) -> Offer | None:
    """Like a fix of all, for the problems of one kind: the same error, or the same proposer of the fix. None where the
    time does not suffice for all. Cancellation keeps nothing."""
    like = question.offer
    kind = like.problem.code, like.candidate.source
    if kind not in document.of_kind:
        began, index = time.perf_counter(), document.index
        fix = await fix_all_of_kind(pipeline, index, question)
        if time.perf_counter() - began >= question.seconds or index is not document.index:
            return None
        document.of_kind[kind] = fix
    return document.of_kind[kind]


async def _offers_for(
    document: OpenDocument, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    """The offers for one problem, with the reasons for their probabilities where the question wants them. Cancellation
    keeps nothing."""
    offers = await _unexplained(document, pipeline, problem, question, models)
    if not question.explain:
        return offers
    explained = tuple(map(pipeline.explained, offers))
    if document.offers.get(answer_key(problem)) == offers:
        document.offers[answer_key(problem)] = explained
    return explained


async def _unexplained(
    document: OpenDocument, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    """The offers for one problem: those that are known, or else new ones, which are kept where they had the time that
    they needed. Cancellation keeps nothing."""
    began, index = time.perf_counter(), document.index
    may_ask = models is not None and models.left > 0
    await document.prefetch.catch_up(answer_key(problem), question.seconds)
    known = document.offers.get(answer_key(problem))
    logger.debug("problem %s %r at=%d known=%s", problem.code, problem.message, problem.span.start, bool(known))
    if known is not None and (not may_ask or problem in document.asked):
        return known
    left = question.seconds - (time.perf_counter() - began)
    offers = await pipeline.final_offers(index, problem, Budget(max(left, 0.0), question.limit), models)
    in_time = time.perf_counter() - began < (question.deadline if may_ask else question.seconds)
    if in_time and index is document.index:
        document.offers[answer_key(problem)] = offers
        if may_ask:
            document.asked.add(problem)
    return offers
