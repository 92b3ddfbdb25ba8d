"""The fixes that other tools' diagnostics carry with them: what they offer themselves, we need not offer again.

Ruff and others keep a diagnostic's fix in its `data`, as text edits at some depth. A tool that works its fixes out when
it is asked, as Pylance does its imports, tells nobody beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lsprotocol import types

from quickfix_ls.documents.positions import Encoding, to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.lsp.client_documents import ClientDocument
from quickfix_ls.lsp.encode import SOURCE
from quickfix_ls.values import Edit, Offer, Span, apply_edits

_DEPTH = 6


def not_already_offered(
    document: ClientDocument,
    uri: str,
    offers: Iterable[Offer],
    diagnostics: Iterable[types.Diagnostic],
    encoding: Encoding,
) -> tuple[Offer, ...]:
    """The offers whose text no other tool's fix makes, for diagnostics of `uri`: a document, or a cell of it."""
    snapshot = document.texts()[uri]
    fixes = [fix for one in diagnostics if one.source != SOURCE for fix in _fixes(one.data, snapshot, encoding)]
    if not fixes:
        return tuple(offers)
    made = {text for fix in fixes if (text := _applied(snapshot, fix)) is not None}
    return tuple(one for one in offers if _made(document, uri, one) not in made)


def _made(document: ClientDocument, uri: str, offer: Offer) -> str | None:
    """What an offer makes of the text of `uri`; None where it changes another one."""
    mapped = document.view.map_edits(offer.candidate.edits, uri) or {}
    return _applied(document.texts()[uri], mapped[uri]) if mapped.keys() == {uri} else None


def _fixes(data: object, snapshot: Snapshot, encoding: Encoding, depth: int = _DEPTH) -> Iterator[tuple[Edit, ...]]:
    """Every list of text edits in what a diagnostic carries."""
    if not depth or isinstance(data, str):
        return
    inner: Iterable[object] = ()
    if isinstance(data, Mapping):
        inner = data.values()
    elif isinstance(data, Sequence):
        edits = [_edit(one, snapshot, encoding) for one in data]
        if edits and None not in edits:
            yield tuple(one for one in edits if one is not None)
            return
        inner = data
    for one in inner:
        yield from _fixes(one, snapshot, encoding, depth - 1)


def _edit(data: object, snapshot: Snapshot, encoding: Encoding) -> Edit | None:
    """The text edit that a JSON object is, if it is one."""
    if not isinstance(data, Mapping) or not isinstance(data.get("newText"), str):
        return None
    try:
        ends = [(data["range"][end]["line"], data["range"][end]["character"]) for end in ("start", "end")]
        start, end = (to_offset(snapshot, int(line), int(character), encoding) for line, character in ends)
    except (LookupError, TypeError, ValueError):
        return None
    return Edit(Span(start, max(start, end)), data["newText"])


def _applied(snapshot: Snapshot, edits: Iterable[Edit]) -> str | None:
    try:
        return apply_edits(snapshot.text, edits)
    except ValueError:
        return None
