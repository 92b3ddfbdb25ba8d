"""From values to LSP types, and the few things that are read from them; all positions pass through here."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lsprotocol import types

from quickfix_ls.documents.positions import Encoding, to_offset, to_position
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client import Client
from quickfix_ls.problems.kinds import kind_of
from quickfix_ls.values import Edit, Problem, Reported, Span

SOURCE = "quickfix-ls"

_SYNTAX_WORDS = re.compile(
    r"syntax|expected|invalid|unterminated|never closed|unclosed|not closed|unmatched|does not match|missing|"
    r"indent|dedent|parse|parenthes|bracket|unexpected|E999|EOF|EOL|forgot|perhaps",
    re.IGNORECASE,
)


def range_of(snapshot: Snapshot, span: Span, encoding: Encoding) -> types.Range:
    start = types.Position(*to_position(snapshot, span.start, encoding))
    if span.end == span.start:
        return types.Range(start, types.Position(start.line, start.character))
    return types.Range(start, types.Position(*to_position(snapshot, span.end, encoding)))


def span_of(snapshot: Snapshot, place: types.Range, encoding: Encoding) -> Span:
    """The span of a range; one that lies outside of the text or runs backwards is put right."""
    start = to_offset(snapshot, place.start.line, place.start.character, encoding)
    end = to_offset(snapshot, place.end.line, place.end.character, encoding)
    return Span(min(start, end), max(start, end))


def diagnostic_of(snapshot: Snapshot, problem: Problem, encoding: Encoding) -> types.Diagnostic:
    return types.Diagnostic(
        range=range_of(snapshot, problem.span, encoding),
        message=problem.message,
        severity=types.DiagnosticSeverity.Error,
        code=problem.code,
        source=SOURCE,
    )


def reported_of(snapshot: Snapshot, diagnostic: types.Diagnostic, encoding: Encoding) -> Reported:
    code = "" if diagnostic.code is None else str(diagnostic.code)
    span = span_of(snapshot, diagnostic.range, encoding)
    return Reported(diagnostic.message, span, diagnostic.source or "", code)


def workspace_edit(snapshot: Snapshot, edits: Iterable[Edit], client: Client) -> types.WorkspaceEdit:
    """The edits of one document in the form that the client takes: with the document's version where it can."""
    changes = [
        types.TextEdit(range=range_of(snapshot, edit.span, client.encoding), new_text=edit.text)
        for edit in sorted(edits)
        if snapshot.text[edit.span.start : edit.span.end] != edit.text
    ]
    if not client.document_changes:
        return types.WorkspaceEdit(changes={snapshot.uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=snapshot.uri, version=snapshot.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(text_document=document, edits=changes)])


def reports(snapshot: Snapshot, reported: Reported, problem: Problem) -> bool:
    """Whether a diagnostic, of any tool, is about this problem: it stands on the problem's lines and says so.

    Tools disagree on columns and words; an undefined name must be named, a syntax error be told as one.
    """
    message, span, source, code = reported
    if source == SOURCE:
        return span == problem.span and message == problem.message
    first, last = snapshot.line_at(problem.span.start), snapshot.line_at(problem.span.end)
    if not (snapshot.line_at(span.start) <= last and first <= snapshot.line_at(span.end)):
        return False
    proof = kind_of(problem).proof
    if proof == "checker":
        return problem.reported in (message, f"{source}: {message}")
    if proof == "analysis":
        named = re.search(rf"(?<!\w){re.escape(problem.name)}(?!\w)", message) is not None
        return named and span.touches(problem.span)
    return _SYNTAX_WORDS.search(f"{code} {message}") is not None
