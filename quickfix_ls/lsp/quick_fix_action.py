"""Makes a code action of an offer: its title, edit, command, and the data that explains it."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from quickfix_ls.documents.diff import preview
from quickfix_ls.lsp.action_kinds import QUICK_FIX
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.commands import ACCEPTED
from quickfix_ls.lsp.encode import diagnostics_of, reports, uri_of, workspace_edit
from quickfix_ls.lsp.other_tools import Diagnosed
from quickfix_ls.lsp.server_state import ServerState, ShownOffer
from quickfix_ls.refused_changes import entry_of, name_of
from quickfix_ls.values import Edit, Offer, Problem


def quick_fix_action(
    ls: ServerState, document: ClientDocument, offer: Offer, diagnostics: list[types.Diagnostic], preferred: bool
) -> types.CodeAction:
    """Return the code action of an offer, which is remembered so that it can be resolved or accepted.

    `diagnostics` are those that the action resolves. The edit is left out for a client that resolves edits, and the
    command for one that resolves commands too (eglot resolves no action that has one) or would not make the edit.
    """
    snapshot, edits = document.snapshot, offer.candidate.edits
    title = f"{offer.candidate.title} ({offer.model})" if offer.model else offer.candidate.title
    entry = entry_of(name_of(document.path, document.uri), snapshot, offer.problem, edits, title)
    number = ls.remember(ShownOffer(document.uri, document.revision, offer, entry))
    home = uri_of(document, offer.problem)
    edit = None if ls.client.resolves_edits else workspace_edit(document, edits, ls.client, home)
    carries_command = ls.client.runs_command_after_edit and not ls.client.resolves_commands
    return types.CodeAction(
        title=title,
        kind=QUICK_FIX,
        tags=[types.CodeActionTag.LlmGenerated] if offer.model and ls.client.tags_generated else None,
        diagnostics=diagnostics,
        is_preferred=True if preferred else None,
        edit=edit,
        command=accepted_command(title, number) if carries_command else None,
        data={
            "id": number,
            "source": offer.candidate.source,
            "checks": list(offer.verdict.checks),
            "detail": "; ".join(filter(None, (offer.model, *offer.verdict.checks))),
            "probability": round(offer.probability, 4),
            "preview": _preview(document, edits, home),
        },
    )


def accepted_command(title: str, number: str) -> types.Command:
    """Return the command by which a client says that the offer with this number was accepted."""
    return types.Command(title=title, command=ACCEPTED, arguments=[{"id": number}])


def disabled_action(problem: Problem, diagnostics: list[types.Diagnostic]) -> types.CodeAction:
    """Return a disabled code action that says why there is no fix for a problem."""
    reason = "No change was found that passes its checks and is likely enough to be the right one."
    return types.CodeAction(
        title=f"No fix for: {problem.message}",
        kind=QUICK_FIX,
        diagnostics=diagnostics,
        disabled=types.CodeActionDisabled(reason=reason),
    )


def resolved_diagnostics(
    ls: ServerState, document: ClientDocument, problem: Problem, diagnosed: Diagnosed
) -> list[types.Diagnostic]:
    """Return the diagnostics that a fix of the problem resolves: the client's own objects, or ours if it sent none."""
    snapshot = document.snapshot
    theirs = [diagnostic for diagnostic, reported in diagnosed if reports(snapshot, reported, problem)]
    is_ours = document.problems_revision == document.revision and problem in document.problems
    if theirs or not is_ours:
        return theirs
    ours = diagnostics_of(document, [problem], ls.client.encoding)
    return [diagnostic for diagnostics in ours.values() for diagnostic in diagnostics]


def _preview(document: ClientDocument, edits: Sequence[Edit], home: str) -> str:
    """Return a diff of the lines that change in the client's documents; `home` as in `workspace_edit`."""
    mapped, texts = document.view.map_edits(edits, home) or {}, document.texts()
    return "\n".join(preview(texts[uri], found) for uri, found in mapped.items())
