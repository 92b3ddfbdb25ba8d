"""Drops offers that the fix of another tool's diagnostic already makes.

Ruff and others keep the fix of a diagnostic in its `data`, as text edits at some depth. Fixes that a tool computes only
on request, as Pylance does for imports, are not known in advance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types

from quickfix_ls.documents.positions import Encoding, to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.encode import SOURCE
from quickfix_ls.values import Edit, Offer, Span, apply_edits

_MAX_DEPTH = 6


def not_already_offered(
    document: ClientDocument,
    uri: str,
    offers: Iterable[Offer],
    diagnostics: Iterable[types.Diagnostic],
    encoding: Encoding,
) -> tuple[Offer, ...]:
    """Return the offers whose resulting text differs from that of every fix in other tools' diagnostics.

    `uri` names the document, or the cell of it, that the diagnostics are about.
    """
    snapshot = document.texts()[uri]
    fixes = [
        fix
        for diagnostic in diagnostics
        if diagnostic.source != SOURCE
        for fix in _fixes(diagnostic.data, snapshot, encoding)
    ]
    if not fixes:
        return tuple(offers)
    fixed_texts = {text for fix in fixes if (text := _applied(snapshot, fix)) is not None}
    return tuple(offer for offer in offers if _text_after(document, uri, offer) not in fixed_texts)


def _text_after(document: ClientDocument, uri: str, offer: Offer) -> str | None:
    """Return the text of `uri` after an offer; None if the offer changes another document."""
    mapped = document.view.map_edits(offer.candidate.edits, uri) or {}
    return _applied(document.texts()[uri], mapped[uri]) if mapped.keys() == {uri} else None


def _fixes(data: object, snapshot: Snapshot, encoding: Encoding, depth: int = _MAX_DEPTH) -> Iterator[tuple[Edit, ...]]:
    """Yield every list of text edits in a diagnostic's `data`, down to a nesting of `depth`."""
    if not depth or isinstance(data, str):
        return
    inner: Iterable[object] = ()
    if isinstance(data, Mapping):
        inner = data.values()
    elif isinstance(data, Sequence):
        edits = [_edit(item, snapshot, encoding) for item in data]
        if edits and None not in edits:
            yield tuple(edit for edit in edits if edit is not None)
            return
        inner = data
    for item in inner:
        yield from _fixes(item, snapshot, encoding, depth - 1)


def _edit(data: object, snapshot: Snapshot, encoding: Encoding) -> Edit | None:
    """Return the edit that a JSON value encodes; None if it is not an LSP `TextEdit`."""
    if not isinstance(data, Mapping) or not isinstance(data.get("newText"), str):
        return None
    try:
        ends = [(data["range"][end]["line"], data["range"][end]["character"]) for end in ("start", "end")]
        start, end = (to_offset(snapshot, int(line), int(character), encoding) for line, character in ends)
    except (LookupError, TypeError, ValueError):
        return None
    return Edit(Span(start, max(start, end)), data["newText"])


def _applied(snapshot: Snapshot, edits: Iterable[Edit]) -> str | None:
    """Return the text after the edits; None if they can't be applied."""
    try:
        return apply_edits(snapshot.text, edits)
    except ValueError:
        return None
