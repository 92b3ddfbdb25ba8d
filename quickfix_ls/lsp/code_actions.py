"""Code actions: the quick fixes for a range, the fix of a whole file, and the edit of an action shown before."""

from __future__ import annotations

import time
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from quickfix_ls.lsp.action_kinds import FIX_ALL, QUICK_FIX, admits, asks_for_quick_fixes
from quickfix_ls.lsp.already_offered import not_already_offered
from quickfix_ls.lsp.client_documents import ClientDocument, while_unchanged
from quickfix_ls.lsp.configuration import settings_for
from quickfix_ls.lsp.encode import SOURCE, reported_in, span_in, uri_of, workspace_edit
from quickfix_ls.lsp.other_tools import record_reported
from quickfix_ls.lsp.progress import RequestProgress, request_progress
from quickfix_ls.lsp.quick_fix_action import (
    accepted_command,
    disabled_action,
    quick_fix_action,
    resolved_diagnostics,
)
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.values import Edit, Offer, Problem
from quickfix_ls.worker.client import Report, WorkerGone
from quickfix_ls.worker.frames import AskFixAll, AskFixKind, AskOffers

AUTOMATIC_SECONDS = 0.3
INVOKED_SECONDS = 1.0
FIX_ALL_SECONDS = 15.0
"""Time limits of the worker: when the cursor moves, when the user asks for fixes, and when a save waits, which takes
so long only for hundreds of problems."""

CHECKING_SECONDS = 4.0
"""Time limit of the user's checkers when the user asks for fixes, including their runs on fixed texts."""

INFERRING_SECONDS = 2.0
"""Time limit of type inference when the user asks for fixes and there is no other."""

GRACE_SECONDS = 4.0
"""Time after these limits until a worker counts as hanging and is killed."""

FIX_KIND_SECONDS = 0.4
FIX_KIND_MIN_PROBLEMS = 2
"""Time limit of the fixes of all problems of one kind, and how many there must be for such an action."""

OPTIONS = types.CodeActionOptions(
    code_action_kinds=[QUICK_FIX, FIX_ALL], resolve_provider=True, work_done_progress=True
)

AnsweredProblems = tuple[tuple[Problem, tuple[Offer, ...]], ...]
"""Problems with their offers, the best first."""


async def code_action(ls: ServerState, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the code actions for a range of a document, the best first.

    Raises JsonRpcContentModified when the text changes before the answer is known. Cancellation stops the work.
    """
    uri = params.text_document.uri
    document = ls.document_of(uri)
    if document is None or document.unsupported or uri not in document.texts():
        return []
    since, only = time.perf_counter(), params.context.only
    _trace(ls, "received codeAction uri=%s revision=%d at=%s", uri, document.revision, params.range)
    actions = []
    with request_progress(ls, params.work_done_token, "Looking for fixes") as progress:
        if admits(only, QUICK_FIX):
            actions += await _quick_fixes(ls, document, params)
        # A bare `source.fixAll` means the whole notebook, though clients send it for each cell.
        if FIX_ALL in (only or ()) if document.is_notebook else admits(only, FIX_ALL):
            actions += await _fix_all(ls, document, uri, progress)
    _trace(ls, "offered n=%d ms=%.1f", len(actions), (time.perf_counter() - since) * 1000)
    return actions


async def resolve(ls: ServerState, action: types.CodeAction) -> types.CodeAction:
    """Return the action with its edit and command.

    Resolving is not accepting: clients resolve actions that the user never chooses.
    Raises JsonRpcContentModified when the text has changed since the action was made.
    """
    if action.edit is not None or not isinstance(action.data, dict):
        return action
    number = str(action.data.get("id"))
    shown = ls.shown.get(number)
    document = ls.documents.get(shown.uri) if shown else None
    if shown is None or document is None or document.revision != shown.revision:
        raise JsonRpcContentModified("the document changed since this action was offered; ask for actions again")
    home = uri_of(document, shown.offer.problem)
    action.edit = workspace_edit(document, shown.offer.candidate.edits, ls.client, home)
    if ls.client.resolves_commands:
        action.command = accepted_command(action.title, number)
    return action


# -- quick fixes -------------------------------------------------------------------------------------------


async def _quick_fixes(
    ls: ServerState, document: ClientDocument, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Return the quick fixes, or a disabled action if the user asked for quick fixes and there is none.

    Raises JsonRpcContentModified when the text changes meanwhile. Cancellation stops the work.
    """
    context, uri, encoding = params.context, params.text_document.uri, ls.client.encoding
    span = span_in(document, uri, params.range, encoding)
    if span is None:
        return []
    automatic = context.trigger_kind == types.CodeActionTriggerKind.Automatic
    located = ((diagnostic, reported_in(document, uri, diagnostic, encoding)) for diagnostic in context.diagnostics)
    diagnosed = [(diagnostic, reported) for diagnostic, reported in located if reported is not None]
    reported = tuple(value for _, value in diagnosed)
    record_reported(ls, document, span, diagnosed)
    seconds = AUTOMATIC_SECONDS if automatic else INVOKED_SECONDS
    settings = settings_for(ls, document)
    limit = settings.max_offers
    # A cursor movement starts no model request, but earlier answers of the model are offered.
    deadline = settings.deadline_seconds if settings.provider and not automatic else 0.0
    checking = CHECKING_SECONDS if (settings.checkers or settings.explain) and not automatic else 0.0
    inferring = 0.0 if automatic else INFERRING_SECONDS
    question = AskOffers(document.uri, span, reported, seconds, limit, deadline, checking, not automatic, inferring)
    answered = cast(AnsweredProblems | None, await _ask(ls, document, question))
    # Only now, since the cells may have moved while the worker was busy.
    here = tuple((problem, offers) for problem, offers in answered or () if uri_of(document, problem) == uri)
    ours = tuple(
        (problem, not_already_offered(document, uri, _applicable(document, offers), context.diagnostics, encoding))
        for problem, offers in here
    )
    offers = choose(ours, limit)
    if offers:
        preferred = next((index for index, offer in enumerate(offers) if offer.preferred), None)
        actions = [
            quick_fix_action(
                ls, document, offer, resolved_diagnostics(ls, document, offer.problem, diagnosed), index == preferred
            )
            for index, offer in enumerate(offers)
        ]
        if not automatic:
            actions += await _fix_kind(ls, document, offers[preferred or 0], offers)
        return actions
    has_fix = any(offers for _, offers in here)
    if here and not has_fix and not automatic and ls.client.shows_disabled and asks_for_quick_fixes(context.only):
        problem = here[0][0]
        return [disabled_action(problem, resolved_diagnostics(ls, document, problem, diagnosed))]
    return []


def _applicable(document: ClientDocument, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return the offers whose edits can be made in the client's documents."""
    return tuple(offer for offer in offers if document.view.map_edits(offer.candidate.edits) is not None)


def choose(answered: AnsweredProblems, limit: int) -> list[Offer]:
    """Return at most `limit` offers to show for the problems in a range: the best of each problem first, then the
    second best of each, so that no problem hides another. Of equal changes the first offer is kept."""
    ranks = zip_longest(*(offers for _, offers in answered))
    offers = [offer for rank in ranks for offer in rank if offer is not None]
    first_of = {offer.candidate.edits: offer for offer in reversed(offers)}
    return list(dict.fromkeys(first_of[offer.candidate.edits] for offer in offers))[:limit]


async def _fix_kind(
    ls: ServerState, document: ClientDocument, offer: Offer, shown: Iterable[Offer]
) -> list[types.CodeAction]:
    """Return the action that fixes all problems of the same kind as the offer's, if there are several, and none of the
    offers `shown` makes the same change.

    Raises JsonRpcContentModified when the text changes meanwhile. Cancellation stops the work.
    """
    question = AskFixKind(document.uri, offer, FIX_KIND_SECONDS, FIX_KIND_MIN_PROBLEMS)
    fix_of_all = cast(Offer | None, await _ask(ls, document, question))
    if fix_of_all is None or any(offer.candidate.edits == fix_of_all.candidate.edits for offer in shown):
        return []
    offers = _applicable(document, [fix_of_all])
    return [quick_fix_action(ls, document, fix, [], False) for fix in offers]


# -- fix all -----------------------------------------------------------------------------------------------


async def _fix_all(
    ls: ServerState, document: ClientDocument, uri: str, progress: RequestProgress
) -> list[types.CodeAction]:
    """Return the action with all safe fixes of a file, or of one cell of a notebook.

    Raises JsonRpcContentModified when the text changes meanwhile. Cancellation stops the work.
    """
    notebook = ls.notebooks.get(document.uri)
    within = notebook.view.parts(uri) if notebook is not None else ()
    if notebook is not None and not within:
        return []
    answered = await _ask(ls, document, AskFixAll(document.uri, FIX_ALL_SECONDS, within), progress.report)
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


async def _ask(
    ls: ServerState,
    document: ClientDocument,
    question: AskOffers | AskFixAll | AskFixKind,
    report: Report | None = None,
) -> Any:
    """Return the worker's answer to a question about a document, whose progress `report` is told; None if the worker
    failed.

    Raises JsonRpcContentModified when the text changes meanwhile. Cancellation cancels the worker's work.
    """
    patience = question.patience if isinstance(question, AskOffers) else question.seconds
    try:
        asked = ls.worker.ask(question, patience + GRACE_SECONDS, str(ls.protocol.msg_id), report)
        return await while_unchanged(document, asked)
    except WorkerGone as error:
        ls.log.warning("no answer about %s: %s", document.uri, error)
        return None


def _trace(ls: ServerState, message: str, *values: object) -> None:
    """Log a message under the request's identifier, as the worker logs its messages about the request."""
    ls.log.debug(f"#%s {message}", ls.protocol.msg_id, *values)
