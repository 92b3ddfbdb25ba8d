"""The parts of an open document: its own text, and the texts of other languages in it, each an `OpenDocument`.

A question about the document is asked of the parts that show its place, in their offsets; their answers are joined, in
those of the document.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from quickfix_ls.languages.embedding import shown_offer, shown_problem
from quickfix_ls.problems.switches import switched_on
from quickfix_ls.refused_changes import key_of, name_of
from quickfix_ls.values import Edit, Offer, Problem, Reported, Span
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers, AskReasons, FoundProblems, Question
from quickfix_ls.worker.open_documents import OpenDocument

Answered = tuple[tuple[Problem, tuple[Offer, ...]], ...]
Fixed = tuple[tuple[Edit, ...], tuple[Offer, ...]]
Asked = TypeVar("Asked", AskOffers, AskReasons)

Ask = Callable[[OpenDocument, Any], Awaitable[object]]
"""Asks one part a question in its own offsets."""


async def answer_of_parts(
    document: OpenDocument, parts: Sequence[OpenDocument], question: Question, answer: Ask
) -> object:
    """Return the joined answers of a document itself and of the texts of other languages in it. Cancellable."""
    if isinstance(question, AskOffers):
        found: list[tuple[Problem, tuple[Offer, ...]]] = []
        for part in (*parts, document):
            asked = _asked(document, part, question)
            if asked is not None:
                found += answers_shown(document, part, cast(Answered, await answer(part, asked)))
        return tuple(found)
    if isinstance(question, AskReasons):
        for part in (*parts, document):
            reasons = _asked(document, part, question, is_exact=part is not document)
            if reasons is not None:
                return await answer(part, reasons)
        return ()
    if isinstance(question, AskFixKind):
        part = _part_of_kind(document, parts, question)
        return _kind_shown(cast("Offer | None", await answer(part, question)), part)
    assert isinstance(question, AskFixAll)
    edits: tuple[Edit, ...] = ()
    offers: tuple[Offer, ...] = ()
    for part in (document, *parts):
        within = _within(part, question)
        if within is None:
            continue
        more, applied = cast(Fixed, await answer(part, within))
        mapped = joined_edits(edits, edits_shown(part, more) or ())
        if mapped is not None and mapped != edits:
            edits, offers = mapped, (*offers, *applied)
    return edits, offers


def reported_in(part: OpenDocument, reported: tuple[Reported, ...]) -> tuple[Reported, ...]:
    """Return other tools' diagnostics of a document in the offsets of a part that shows their places."""
    if part.view is None:
        return reported
    located = ((one, part.view.to_view(part.uri, one.span)) for one in reported)
    return tuple(one._replace(span=span) for one, span in located if span is not None)


def _asked(document: OpenDocument, part: OpenDocument, question: Asked, *, is_exact: bool = False) -> Asked | None:
    """Return a question about a span in the offsets of a part; None if the part shows nothing of the span or, unless
    `is_exact`, of its lines."""
    if part.view is None:
        return question
    span = part.view.to_view(part.uri, question.span)
    if span is None and not is_exact:
        text = document.text
        start = text.line_span(text.line_at(question.span.start)).start
        span = part.view.to_view(part.uri, Span(start, text.line_span(text.line_at(question.span.end)).end))
    if span is None:
        return None
    return question._replace(span=span, reported=reported_in(part, question.reported))


def _part_of_kind(document: OpenDocument, parts: Sequence[OpenDocument], question: AskFixKind) -> OpenDocument:
    """Return the part that the offer of the question is for."""
    problem = question.offer.problem
    known = ((part, shown_problem(part.view, about)) for part in parts for about, _, _ in part.offers)
    return next((part for part, about in known if about == problem), document)


def _within(part: OpenDocument, question: AskFixAll) -> AskFixAll | None:
    """Return the question in the offsets of a part; None if the part shows nothing of the spans to fix."""
    if part.view is None or not question.within:
        return question
    spans = (part.view.to_view(part.uri, span) for span in question.within)
    within = tuple(span for span in spans if span is not None)
    return question._replace(within=within) if within else None


def problems_shown(document: OpenDocument, part: OpenDocument, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of a part in the document, without those that the document's comments switch off."""
    if part.view is None:
        return list(problems)
    shown = (shown_problem(part.view, problem) for problem in problems)
    return switched_on(document.text, [problem for problem in shown if problem is not None])


def found_shown(document: OpenDocument, part: OpenDocument, found: FoundProblems) -> FoundProblems:
    """Return what was found in a part in the offsets of the document."""
    if part.view is None:
        return found
    elsewhere = frozenset(problems_shown(document, part, found.elsewhere))
    return FoundProblems(tuple(problems_shown(document, part, found.problems)), elsewhere, found.kinds)


def found_in_all(found: Iterable[FoundProblems]) -> FoundProblems:
    """Return what was found in several parts."""
    parts = list(found)
    problems = sorted((problem for part in parts for problem in part.problems), key=lambda problem: problem.span)
    elsewhere = frozenset[Problem]().union(*(part.elsewhere for part in parts))
    return FoundProblems(tuple(problems), elsewhere, frozenset[str]().union(*(part.kinds for part in parts)))


def answers_shown(document: OpenDocument, part: OpenDocument, answered: Answered) -> Answered:
    """Return the problems of a part with their offers in the document, without offers that can't be made there or that
    the user has refused."""
    if part.view is None:
        return answered
    return tuple(
        (shown, tuple(offers_shown(document, part, offers)))
        for problem, offers in answered
        for shown in problems_shown(document, part, [problem])
    )


def offers_shown(document: OpenDocument, part: OpenDocument, offers: Iterable[Offer]) -> Iterator[Offer]:
    """Yield the offers of a part that can be made in the document."""
    name = name_of(document.path, document.uri)
    for offer in offers:
        shown = shown_offer(part.view, offer)
        never = part.rules.never
        if shown is None:
            continue
        if not never or key_of(name, document.text, shown.problem, shown.candidate.edits) not in never:
            yield shown


def edits_shown(part: OpenDocument, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """Return edits of a part as edits of the document; None if they can't be made there."""
    if part.view is None:
        return tuple(edits)
    mapped = part.view.map_edits(edits)
    return tuple(edit for found in mapped.values() for edit in found) if mapped is not None else None


def joined_edits(edits: Sequence[Edit], more: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """Return the edits of two parts together; None if they touch each other."""
    if any(one.span.touches(other.span) for one in edits for other in more):
        return None
    return tuple(sorted((*edits, *more)))


def _kind_shown(offer: Offer | None, part: OpenDocument) -> Offer | None:
    """Return the offer of a part that fixes all problems of a kind as one for the document; its problem is already."""
    if offer is None or part.view is None:
        return offer
    mapped = edits_shown(part, offer.candidate.edits)
    return replace(offer, candidate=replace(offer.candidate, edits=mapped)) if mapped is not None else None
