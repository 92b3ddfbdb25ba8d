"""Code actions: the quick fixes at one place, the fix of a whole file, and the edit of an action shown before."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from quickfix_ls.documents.diff import preview
from quickfix_ls.lsp import configuration, progress
from quickfix_ls.lsp.action_kinds import FIX_ALL, QUICK_FIX, admits, asks_for_quick_fixes
from quickfix_ls.lsp.already_offered import not_already_offered
from quickfix_ls.lsp.client_documents import ClientDocument, while_unchanged
from quickfix_ls.lsp.commands import ACCEPTED
from quickfix_ls.lsp.encode import SOURCE, diagnostics_of, home_of, reported_in, reports, span_in, workspace_edit
from quickfix_ls.refused_changes import RefusedChange, entry_of, name_of
from quickfix_ls.values import Edit, Offer, Problem, Reported
from quickfix_ls.worker.client import WorkerGone
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers

if TYPE_CHECKING:
    from quickfix_ls.lsp.session import QuickfixServer

AUTOMATIC_SECONDS = 0.3
INVOKED_SECONDS = 1.0
FIX_ALL_SECONDS = 0.8
"""How long the worker may think: when the cursor moved, when somebody asked, and when a save waits for it."""

CHECKING_SECONDS = 4.0
"""How long the user's checkers may take when somebody asked, those that run on the changed text included."""

INFERRING_SECONDS = 2.0
"""How long types are waited for when somebody asked and nothing else was found."""

GRACE_SECONDS = 4.0
"""How much later than that a worker is taken to hang, and killed."""

FIX_KIND_SECONDS = 0.4
FIX_KIND_LEAST = 3
"""How long the worker may fix the other problems of the same kind, and from how many on that is an action."""

OPTIONS = types.CodeActionOptions(
    code_action_kinds=[QUICK_FIX, FIX_ALL], resolve_provider=True, work_done_progress=True
)

AnsweredProblems = tuple[tuple[Problem, tuple[Offer, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An offer that was shown, the revision of the text that it is about, and the entry that would refuse it."""

    uri: str
    revision: int
    offer: Offer
    entry: RefusedChange


async def code_action(ls: QuickfixServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The actions for a range of a document, the best first.

    Raises JsonRpcContentModified when the text changes before the answer is known. Cancellation stops the
    work.
    """
    uri = params.text_document.uri
    document = ls.document_of(uri)
    if document is None or document.silence or uri not in document.texts():
        return []
    since, only = time.perf_counter(), params.context.only
    _trace(ls, "received codeAction uri=%s revision=%d at=%s", uri, document.revision, params.range)
    actions = []
    with progress.shown(ls, params.work_done_token, "Looking for fixes"):
        if admits(only, QUICK_FIX):
            actions += await _quick_fixes(ls, document, params)
        # A bare `source.fixAll` is for a notebook as a whole, though clients ask each of its cells.
        if FIX_ALL in (only or ()) if document.is_notebook else admits(only, FIX_ALL):
            actions += await _fix_all(ls, document, uri)
    _trace(ls, "offered n=%d ms=%.1f", len(actions), (time.perf_counter() - since) * 1000)
    return actions


async def resolve(ls: QuickfixServer, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit, nothing else changed. Resolving is not accepting: clients do it unasked.

    Raises JsonRpcContentModified when the text is no longer the one that the action was made for.
    """
    if action.edit is not None or not isinstance(action.data, dict):
        return action
    shown = ls.shown.get(str(action.data.get("id")))
    document = ls.documents.get(shown.uri) if shown else None
    if shown is None or document is None or document.revision != shown.revision:
        raise JsonRpcContentModified("the document changed since this action was offered; ask for actions again")
    home = home_of(document, shown.offer.problem)
    action.edit = workspace_edit(document, shown.offer.candidate.edits, ls.client, home)
    return action


# -- quick fixes -------------------------------------------------------------------------------------------


async def _quick_fixes(
    ls: QuickfixServer, document: ClientDocument, params: types.CodeActionParams
) -> list[types.CodeAction]:
    context, uri, encoding = params.context, params.text_document.uri, ls.client.encoding
    span = span_in(document, uri, params.range, encoding)
    if span is None:
        return []
    automatic = context.trigger_kind == types.CodeActionTriggerKind.Automatic
    placed = ((one, reported_in(document, uri, one, encoding)) for one in context.diagnostics)
    diagnosed = [(one, reported) for one, reported in placed if reported is not None]
    reported = tuple(one for _, one in diagnosed)
    ls.publisher.learn(document, span, reported)
    seconds = AUTOMATIC_SECONDS if automatic else INVOKED_SECONDS
    settings = configuration.of(ls, document)
    limit = settings.max_offers
    # A cursor that moves asks no model; what one wrote before is shown all the same.
    deadline = settings.deadline_seconds if settings.provider and not automatic else 0.0
    checking = CHECKING_SECONDS if settings.checkers and not automatic else 0.0
    inferring = 0.0 if automatic else INFERRING_SECONDS
    question = AskOffers(document.uri, span, reported, seconds, limit, deadline, checking, not automatic, inferring)
    answered = cast(AnsweredProblems | None, await _ask(ls, document, question))
    # After the answer, since the cells may have moved meanwhile.
    here = tuple(one for one in answered or () if home_of(document, one[0]) == uri)
    ours = tuple(
        (problem, not_already_offered(document, uri, _possible(document, offers), context.diagnostics, encoding))
        for problem, offers in here
    )
    offers = choose(ours, limit)
    if offers:
        preferred = next((index for index, offer in enumerate(offers) if offer.preferred), None)
        actions = [
            _action(ls, document, offer, _resolved(ls, document, offer.problem, diagnosed), index == preferred)
            for index, offer in enumerate(offers)
        ]
        if not automatic:
            actions += await _fix_kind(ls, document, offers[preferred or 0])
        return actions
    is_mended = any(offers for _, offers in here)
    if here and not is_mended and not automatic and ls.client.shows_disabled and asks_for_quick_fixes(context.only):
        problem = here[0][0]
        return [_disabled(problem, _resolved(ls, document, problem, diagnosed))]
    return []


def _possible(document: ClientDocument, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """The offers whose edits can be made in the client's documents."""
    return tuple(one for one in offers if document.view.map_edits(one.candidate.edits) is not None)


def choose(answered: AnsweredProblems, limit: int) -> list[Offer]:
    """The offers to show for the problems at one place, at most `limit`: the best of each problem first, then
    the second best, so that no problem hides another; equal changes once."""
    ranks = zip_longest(*(offers for _, offers in answered))
    offers = [offer for rank in ranks for offer in rank if offer is not None]
    first_of = {offer.candidate.edits: offer for offer in reversed(offers)}
    return list(dict.fromkeys(first_of[offer.candidate.edits] for offer in offers))[:limit]


def _action(
    ls: QuickfixServer, document: ClientDocument, offer: Offer, diagnostics: list[types.Diagnostic], preferred: bool
) -> types.CodeAction:
    snapshot, edits = document.snapshot, offer.candidate.edits
    title = f"{offer.candidate.title} ({offer.model})" if offer.model else offer.candidate.title
    entry = entry_of(name_of(document.path, document.uri), snapshot, offer.problem, edits, title)
    number = ls.remember(Shown(document.uri, document.revision, offer, entry))
    home = home_of(document, offer.problem)
    edit = None if ls.client.resolves_edits else workspace_edit(document, edits, ls.client, home)
    return types.CodeAction(
        title=title,
        kind=QUICK_FIX,
        tags=[types.CodeActionTag.LlmGenerated] if offer.model and ls.client.tags_generated else None,
        diagnostics=diagnostics,
        is_preferred=True if preferred else None,
        edit=edit,
        command=types.Command(title=title, command=ACCEPTED, arguments=[{"id": number}]),
        data={
            "id": number,
            "source": offer.candidate.source,
            "checks": list(offer.verdict.checks),
            "detail": "; ".join(filter(None, (offer.model, *offer.verdict.checks))),
            "probability": round(offer.probability, 4),
            "why": offer.why,
            "preview": _preview(document, edits, home),
        },
    )


def _preview(document: ClientDocument, edits: Sequence[Edit], home: str) -> str:
    """The lines that change, in the client's documents."""
    mapped, texts = document.view.map_edits(edits, home) or {}, document.texts()
    return "\n".join(preview(texts[uri], found) for uri, found in mapped.items())


def _disabled(problem: Problem, diagnostics: list[types.Diagnostic]) -> types.CodeAction:
    reason = "No change was found that passes its checks and is likely enough to be the right one."
    return types.CodeAction(
        title=f"No fix for: {problem.message}",
        kind=QUICK_FIX,
        diagnostics=diagnostics,
        disabled=types.CodeActionDisabled(reason=reason),
    )


def _resolved(
    ls: QuickfixServer,
    document: ClientDocument,
    problem: Problem,
    diagnosed: Sequence[tuple[types.Diagnostic, Reported]],
) -> list[types.Diagnostic]:
    """The diagnostics that go away with the problem: the client's own objects, or ours where it sent none."""
    snapshot = document.snapshot
    theirs = [diagnostic for diagnostic, reported in diagnosed if reports(snapshot, reported, problem)]
    is_ours = document.problems_at == document.revision and problem in document.problems
    if theirs or not is_ours:
        return theirs
    return [one for found in diagnostics_of(document, [problem], ls.client.encoding).values() for one in found]


async def _fix_kind(ls: QuickfixServer, document: ClientDocument, offer: Offer) -> list[types.CodeAction]:
    """The action that mends all problems like the offer's at once, where there are several."""
    question = AskFixKind(document.uri, offer, FIX_KIND_SECONDS, FIX_KIND_LEAST)
    together = cast(Offer | None, await _ask(ls, document, question))
    return [_action(ls, document, one, [], False) for one in _possible(document, [together] if together else [])]


# -- fix all -----------------------------------------------------------------------------------------------


async def _fix_all(ls: QuickfixServer, document: ClientDocument, uri: str) -> list[types.CodeAction]:
    """The fix of all problems of a file, or of one cell of a notebook, that leave no doubt."""
    notebook = ls.notebooks.get(document.uri)
    within = notebook.view.parts(uri) if notebook is not None else ()
    if notebook is not None and not within:
        return []
    answered = await _ask(ls, document, AskFixAll(document.uri, FIX_ALL_SECONDS, within))
    edits, offers = cast(tuple[tuple[Edit, ...], tuple[Offer, ...]], answered or ((), ()))
    edit = workspace_edit(document, edits, ls.client, uri) if edits else None
    if edit is None:
        return []
    count = len({offer.problem for offer in offers}) or 1
    return [
        types.CodeAction(
            title=f"Fix {count} problem{'s' if count > 1 else ''} that leave no doubt",
            kind=FIX_ALL,
            edit=edit,
            data={"source": SOURCE, "fixes": [offer.candidate.title for offer in offers]},
        )
    ]


async def _ask(ls: QuickfixServer, document: ClientDocument, question: AskOffers | AskFixAll | AskFixKind) -> Any:
    """The worker's answer while the document stays as it is; None where the worker failed."""
    patience = question.patience if isinstance(question, AskOffers) else question.seconds
    try:
        asked = ls.worker.ask(question, patience + GRACE_SECONDS, str(ls.protocol.msg_id))
        return await while_unchanged(document, asked)
    except WorkerGone as error:
        ls.log.warning("no answer about %s: %s", document.uri, error)
        return None


def _trace(ls: QuickfixServer, message: str, *values: object) -> None:
    """One line of a request's life, under the request's own id like the worker's lines of it."""
    ls.log.debug(f"#%s {message}", ls.protocol.msg_id, *values)
