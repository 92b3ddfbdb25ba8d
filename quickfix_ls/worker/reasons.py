"""Why something is offered at a place, or nothing: for a user who asks, since an empty menu says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all, find_at
from quickfix_ls.problems.switches import is_file_off, is_off
from quickfix_ls.settings import Settings
from quickfix_ls.silence import Silence, percent
from quickfix_ls.values import Offer, Problem
from quickfix_ls.worker.frames import AskReasons
from quickfix_ls.worker.open_documents import OpenDocument

_MAX_PROBLEMS = 3
_BUDGET = Budget(1.0, 3)


async def reasons_at(
    document: OpenDocument, pipeline: Pipeline | None, settings: Settings, question: AskReasons
) -> tuple[str, ...]:
    """Return the reasons at the question's span, in Markdown, a paragraph each. Cancellable at every await."""
    snapshot, span = document.index.snapshot, question.span
    if pipeline is None:
        return ("No model could be loaded that ranks fixes, so nothing can be offered. Run the doctor for the cure.",)
    if is_file_off(snapshot):
        return ("The comment `# quickfix: off` at the top switches this file off.",)
    problems = find_at(document.index, span, question.reported)[:_MAX_PROBLEMS]
    paragraphs = [await _about(document, pipeline, problem, snapshot) for problem in problems]
    if not problems:
        paragraphs = list(_nothing_wrong(document, snapshot, question))
    return (*paragraphs, _models(settings))


async def _about(document: OpenDocument, pipeline: Pipeline, problem: Problem, snapshot: Snapshot) -> str:
    """Return why this is offered for a problem, or nothing. Cancellable at every await."""
    where = f"Line {snapshot.line_at(problem.span.start) + 1}, `{problem.code}`: {problem.message.rstrip('.?')}."
    offers = await pipeline.final_offers(document.index, problem, _BUDGET)
    if offers:
        return (
            f"{where} Offered: {'; '.join(map(_told, offers))}. What is less probable, or fails a check, is not shown."
        )
    reason = await Silence().reason(pipeline, document.index, problem)
    return f"{where} No fix is offered: {reason.text}."


def _told(offer: Offer) -> str:
    return f"*{offer.candidate.title}* ({percent(offer.probability)} sure)"


def _nothing_wrong(document: OpenDocument, snapshot: Snapshot, question: AskReasons) -> Iterator[str]:
    """Yield why no problem is known at a place."""
    line = snapshot.line_at(question.span.start)
    if is_off(snapshot, question.span):
        yield f"The comment `# quickfix: off` switches line {line + 1} off."
        return
    if question.reported:
        told = "; ".join(f"{one.source or 'another tool'}: {one.message}" for one in question.reported)
        yield f"What is reported there is nothing that we can fix: {told}."
    else:
        yield f"No problem is known in line {line + 1}: it parses, and its names are defined, as far as we know."
    others = sorted({snapshot.line_at(problem.span.start) + 1 for problem in find_all(document.index)})
    if others:
        nearest = min(others, key=lambda other: abs(other - line - 1))
        count = f"{len(others)} lines have problems" if len(others) > 1 else "One line has a problem"
        yield f"{count} in this file; the nearest is line {nearest}."


def _models(settings: Settings) -> str:
    """Return whether a language model is asked."""
    if settings.provider is None:
        return "No language model is asked: the setting `provider` is not set."
    if settings.generate_when == "never":
        return "No language model is asked: the setting `generateWhen` is `never`."
    return f"A language model (`{settings.provider.kind}`) is asked where no other fix is sure enough."
