"""Converts between our values and LSP types; all positions are converted here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lsprotocol import types

from quickfix_ls.documents.positions import Encoding, to_offset, to_position
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client_capabilities import Client
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.whole_lines import widened_behind_non_ascii
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Edit, Problem, Reported, Span

SOURCE = "quickfix-ls"

_SYNTAX_WORDS = re.compile(
    r"syntax|expected|invalid|unterminated|never closed|unclosed|not closed|unmatched|does not match|missing|"
    r"indent|dedent|parse|parenthes|bracket|unexpected|E999|EOF|EOL|forgot|perhaps",
    re.IGNORECASE,
)


def range_of(snapshot: Snapshot, span: Span, encoding: Encoding) -> types.Range:
    """Return the range of a span."""
    start = types.Position(*to_position(snapshot, span.start, encoding))
    if span.end == span.start:
        return types.Range(start, types.Position(start.line, start.character))
    return types.Range(start, types.Position(*to_position(snapshot, span.end, encoding)))


def span_of(snapshot: Snapshot, place: types.Range, encoding: Encoding) -> Span:
    """Return the span of a range; positions outside of the text are clamped, a reversed range is turned."""
    start = to_offset(snapshot, place.start.line, place.start.character, encoding)
    end = to_offset(snapshot, place.end.line, place.end.character, encoding)
    return Span(min(start, end), max(start, end))


def span_in(document: ClientDocument, uri: str, place: types.Range, encoding: Encoding) -> Span | None:
    """Return the span of a document's text for a range in `uri`, which is the document or a cell of it.

    None if the range is not part of the document's text.
    """
    source = document.texts().get(uri)
    return document.view.to_view(uri, span_of(source, place, encoding)) if source is not None else None


def diagnostics_of(
    document: ClientDocument, problems: Iterable[Problem], encoding: Encoding
) -> dict[str, list[types.Diagnostic]]:
    """Return problems as diagnostics, by the URI of the client document they are in; every document has a key."""
    texts = document.texts()
    found: dict[str, list[types.Diagnostic]] = {uri: [] for uri in texts}
    for problem in problems:
        if place := document.view.to_document(problem.shown):
            uri, span = place
            diagnostic = types.Diagnostic(
                range=range_of(texts[uri], span, encoding),
                message=problem.shown_message,
                severity=types.DiagnosticSeverity.Error,
                code=problem.code,
                source=SOURCE,
            )
            found[uri].append(diagnostic)
    return found


def reported_in(
    document: ClientDocument, uri: str, diagnostic: types.Diagnostic, encoding: Encoding
) -> Reported | None:
    """Return a diagnostic of `uri` in offsets of the document's text; None if its range is not part of the text."""
    code = "" if diagnostic.code is None else str(diagnostic.code)
    span = span_in(document, uri, diagnostic.range, encoding)
    return Reported(diagnostic.message, span, diagnostic.source or "", code) if span is not None else None


def uri_of(document: ClientDocument, problem: Problem) -> str:
    """Return the URI of the client document that a problem is in; empty if it is in none."""
    place = document.view.to_document(problem.span)
    return place[0] if place is not None else ""


def workspace_edit(
    document: ClientDocument, edits: Iterable[Edit], client: Client, home: str = ""
) -> types.WorkspaceEdit | None:
    """Return the edits of a document as a workspace edit, with document versions if the client supports them.

    The edits are made for the client document `home`, see `View.map_edits`. None if they can't be made in the client's
    documents.
    """
    mapped = document.view.map_edits(edits, home)
    if mapped is None:
        return None
    texts = document.texts()
    changes = {uri: _text_edits(texts[uri], found, client) for uri, found in mapped.items()}
    if not client.document_changes:
        return types.WorkspaceEdit(changes=changes)
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                text_document=types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=texts[uri].version),
                edits=found,
            )
            for uri, found in changes.items()
        ]
    )


def _text_edits(snapshot: Snapshot, edits: Iterable[Edit], client: Client) -> list[types.TextEdit]:
    """Return the edits that change the text, by position.

    Clients that name no position encoding may count bytes (ALE 3.3) or code points (lsp-mode 8.0) where the protocol
    counts UTF-16 units. Where these differ they get whole lines, whose positions mean the same in all of them.
    """
    changing = [edit for edit in sorted(edits) if snapshot.text[edit.span.start : edit.span.end] != edit.text]
    if not client.names_encodings:
        changing = widened_behind_non_ascii(snapshot, changing)
    return [
        types.TextEdit(range=range_of(snapshot, edit.span, client.encoding), new_text=edit.text) for edit in changing
    ]


def reports(snapshot: Snapshot, reported: Reported, problem: Problem) -> bool:
    """Return whether a diagnostic of any tool is about a problem: it is on the problem's lines and its message fits.

    Tools disagree on columns and wording. So a diagnostic of an undefined name must contain the name, and one of a
    syntax error must contain a word of such messages.
    """
    message, span, source, code = reported[:4]
    if source == SOURCE:
        return span == problem.shown and message == problem.shown_message
    first, last = snapshot.line_at(problem.span.start), snapshot.line_at(problem.span.end)
    if not (snapshot.line_at(span.start) <= last and first <= snapshot.line_at(span.end)):
        return False
    proof = kind_of(problem).proof
    if proof in ("checker", "run"):
        return problem.reported in (message, f"{source}: {message}")
    if proof == "analysis":
        named = re.search(rf"(?<!\w){re.escape(problem.name)}(?!\w)", message) is not None
        return named and span.touches(problem.span)
    return _SYNTAX_WORDS.search(f"{code} {message}") is not None
