"""What other tools report of a document, so that nothing is shown twice with the setting `diagnostics` at `auto`.

An extension of ours tells all of it (the notification `quickfix-ls/otherDiagnostics`). From other clients only the
context of code actions is known: the diagnostics at one place. There a tool that has reported an error of a kind is
taken to report all errors of that kind, except where the client asked for code actions without such a report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lsprotocol import types

from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.custom_messages import OtherDiagnosticsParams
from quickfix_ls.lsp.encode import SOURCE, reported_in, reports
from quickfix_ls.lsp.server_state import ServerState
from quickfix_ls.values import Problem, Reported, Span

Diagnosed = Sequence[tuple[types.Diagnostic, Reported]]
"""The diagnostics of a request, each with its value in offsets of the document's text."""

_UNDEFINED = re.compile(r"undefined|not defined", re.IGNORECASE)


def other_diagnostics(ls: ServerState, params: OtherDiagnosticsParams) -> None:
    """Replace what is known of other tools' diagnostics of a document, or of a cell of a notebook."""
    document = ls.document_of(params.uri)
    if document is None:
        return
    located = (
        reported_in(document, params.uri, diagnostic, ls.client.encoding)
        for diagnostic in params.diagnostics
        if _is_about_error(diagnostic)
    )
    theirs = tuple(reported for reported in located if reported is not None)
    others = tuple(known for known in document.reported_elsewhere if _uri_of(document, known.span) != params.uri)
    _replace(ls, document, (*others, *theirs))


def record_reported(ls: ServerState, document: ClientDocument, span: Span, diagnosed: Diagnosed) -> None:
    """Replace what is known of other tools' diagnostics on the lines of `span` by those of a code action's context."""
    if ls.client.tells_other_diagnostics:
        return
    snapshot = document.snapshot
    start = snapshot.line_span(snapshot.line_at(span.start)).start
    end = snapshot.line_span(snapshot.line_at(span.end)).end
    elsewhere = (known for known in document.reported_elsewhere if known.span.end < start or end < known.span.start)
    theirs = tuple(reported for diagnostic, reported in diagnosed if _is_about_error(diagnostic))
    ours_here = [known for known in document.problems if start <= known.span.start and known.span.end <= end]
    told = {known for known in ours_here if any(reports(snapshot, one, known) for one in theirs)}
    unreported = (document.unreported - told) | (frozenset(ours_here) - told if not theirs else frozenset())
    _replace(ls, document, (*elsewhere, *theirs), unreported)


def is_reported_elsewhere(ls: ServerState, document: ClientDocument, problem: Problem) -> bool:
    """Return whether another tool reports a problem of ours, as far as is known, or probably does."""
    snapshot = document.snapshot
    if problem in document.elsewhere or any(reports(snapshot, one, problem) for one in document.reported_elsewhere):
        return True
    if problem.shown_as:
        return False  # A run found it: that a tool reports errors of its kind does not say that it knows of this one.
    return problem.kind in ls.kinds_elsewhere and problem not in document.unreported


def _replace(
    ls: ServerState,
    document: ClientDocument,
    reported: tuple[Reported, ...],
    unreported: frozenset[Problem] = frozenset(),
) -> None:
    if (reported, unreported) != (document.reported_elsewhere, document.unreported):
        document.reported_elsewhere, document.unreported = reported, unreported
        ls.publisher.compare_again(document)


def _is_about_error(diagnostic: types.Diagnostic) -> bool:
    """Return whether another tool's diagnostic may be about an error that we report too, and not about style.

    Pylance reports undefined names as warnings by default.
    """
    is_error = diagnostic.severity in (None, types.DiagnosticSeverity.Error)
    return diagnostic.source != SOURCE and (is_error or _UNDEFINED.search(diagnostic.message) is not None)


def _uri_of(document: ClientDocument, span: Span) -> str:
    place = document.view.to_document(span)
    return place[0] if place is not None else ""
