"""Answers questions about an open document; answers about its present text are cached in the document."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from quickfix_ls.fix_all import Progress, fix_all
from quickfix_ls.index.index import Index
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.problems.kinds import KINDS, proven_by
from quickfix_ls.tasks import side_by_side
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.calm import Calm
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.evidence import Evidence, gathering
from quickfix_ls.worker.fix_all_of_kind import fix_all_of_kind
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers
from quickfix_ls.worker.generation import DocumentModels
from quickfix_ls.worker.open_documents import OpenDocument, answer_key
from quickfix_ls.worker.part import Part
from quickfix_ls.worker.single_problem import single_first
from quickfix_ls.worker.type_lookup import TypeLookup

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)

MAX_PROBLEMS = 3

SPARE_OFFERS = 3
"""Number of extra offers that are computed when checkers may refute some."""

_PREFETCH_SECONDS = 0.3
"""Time limit of a prefetched answer."""

_PROBLEM_SECONDS = 1.0
"""Time limit of one problem when all of a file are fixed."""

_OF_KIND_SECONDS = 60.0
"""Time limit of the search for the fixes of all problems of a kind, in the background."""

_FEW_PROBLEMS = 20
"""Number of problems up to which it is worth while to wait for the fixes of all."""

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]


async def offers_at(
    document: OpenDocument,
    pipeline: Pipeline,
    question: AskOffers,
    models: DocumentModels | None = None,
    checking: Checking | None = None,
    types: TypeLookup | None = None,
) -> Answered:
    """Return the problems in the question's span with their offers: gather evidence, make offers, have them proven.

    The first offers are made from the evidence at hand, while the user's checkers and the type inference run; their
    evidence replaces it. Models are asked only about the nearest problem of the first evidence. Without checkers no
    fix of a type problem can be proven, so problems of that kind are skipped.

    Cancellation ends all work except the type inference, whose answers are kept for the next request.
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
    """Return the nearest problems; without checkers, none of a kind that only a checker can prove to be gone."""
    kinds = tuple(KINDS) if with_types else proven_by("parser", "analysis", "run")
    return [problem for problem in evidence.problems if problem.kind in kinds][:MAX_PROBLEMS]


async def _offered(
    document: OpenDocument,
    pipeline: Pipeline,
    question: AskOffers,
    problems: Sequence[Problem],
    models: DocumentModels | None,
) -> Answered:
    """Return the problems with their offers, computed concurrently: the others while a model answers about the first.

    Cancellation cancels all of it.
    """
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
    """Start to prefetch `limit` offers for the problem that is nearest to the last edit, as a task in `tasks`."""
    document.expect(limit)
    problem = min(found, key=lambda candidate: abs(candidate.span.start - document.edited_at), default=None)
    if problem is None or answer_key(problem) in document.offers:
        return
    document.prefetch.begin(tasks, answer_key(problem), partial(_prefetch, document, pipeline, problem, limit))


async def _prefetch(document: OpenDocument, pipeline: Pipeline, problem: Problem, limit: int) -> None:
    """Compute the offers for a problem and cache them in its document. Cancellation caches nothing."""
    began = time.perf_counter()
    offers = await single_first(pipeline, document.index, problem, Budget(_PREFETCH_SECONDS, limit))
    if time.perf_counter() - began < _PREFETCH_SECONDS:
        document.offers[answer_key(problem)] = offers


async def safe_fixes(
    document: OpenDocument, pipeline: Pipeline, question: AskFixAll, progress: Progress
) -> tuple[tuple[Edit, ...], tuple[Offer, ...]]:
    """Return the edits of all safe fixes, and the offers that they come from; no model is asked. Cancellable at every
    await."""
    run = partial(
        fix_all,
        pipeline,
        document.index,
        Budget(min(question.seconds, _PROBLEM_SECONDS), 1),
        seconds=question.seconds,
        progress=progress,
    )
    part = Part(question.within)
    fixed = await (run(wanted=part.takes, find=part.problems, admits=part.has) if question.within else run())
    return fixed.edits, fixed.applied


async def fix_kind(
    document: OpenDocument,
    pipeline: Pipeline,
    question: AskFixKind,
    tasks: TaskGroup,
    calm: Calm,
    late: Callable[[], None],
) -> Offer | None:
    """Return one offer that fixes all problems with the same error code, or whose fix has the same source, as the
    question's offer; None if there is none, or it is not known yet.

    It is searched for by a task in `tasks`, which outlasts the question, and works only while it is `calm`; `late` is
    called when it finds the offer after the question's time. Cancellation ends only the wait.
    """
    like = question.offer
    kind = like.problem.code, like.candidate.source
    if kind not in document.of_kind:
        if document.fixing.subject != kind:
            document.fixing.begin(tasks, kind, partial(_fix_kind_ahead, document, pipeline, question, calm, late))
        is_quick = document.index.derived(_problem_count) <= _FEW_PROBLEMS
        await document.fixing.catch_up(kind, question.seconds if is_quick else 0.0)
    return document.of_kind.get(kind)


def _problem_count(index: Index) -> int:
    return len(find_all(index))


async def _fix_kind_ahead(
    document: OpenDocument, pipeline: Pipeline, question: AskFixKind, calm: Calm, late: Callable[[], None]
) -> None:
    """Cache the offer that fixes all problems of a kind in its document. Cancellation caches nothing."""
    began, like = time.perf_counter(), question.offer
    offer = await fix_all_of_kind(pipeline, document.index, question, _OF_KIND_SECONDS, calm.wait)
    document.of_kind[like.problem.code, like.candidate.source] = offer
    if offer is not None and time.perf_counter() - began > question.seconds:
        late()


async def _offers_for(
    document: OpenDocument, pipeline: Pipeline, problem: Problem, question: AskOffers, models: DocumentModels | None
) -> tuple[Offer, ...]:
    """Return the offers for a problem: the cached ones, or else new ones, which are cached unless the time ran out.

    Cancellation caches nothing.
    """
    began, index = time.perf_counter(), document.index
    may_ask = models is not None and models.left > 0
    await document.prefetch.catch_up(answer_key(problem), question.seconds)
    known = document.offers.get(answer_key(problem))
    logger.debug("problem %s %r at=%d known=%s", problem.code, problem.message, problem.span.start, bool(known))
    if known is not None and (not may_ask or problem in document.asked):
        return known
    left = question.seconds - (time.perf_counter() - began)
    offers = await single_first(pipeline, index, problem, Budget(max(left, 0.0), question.limit), models)
    in_time = time.perf_counter() - began < (question.deadline if may_ask else question.seconds)
    if in_time and index is document.index:
        document.offers[answer_key(problem)] = offers
        if may_ask:
            document.asked.add(problem)
    return offers
