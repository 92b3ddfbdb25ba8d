"""The open documents: what a client's `didChange` makes of them, and whether an answer is still about
them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from quickfix_ls.documents.positions import Encoding, to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.values import Edit, Problem, Span
from quickfix_ls.worker.frames import Reported

T = TypeVar("T")

NO_VERSION = -(2**31)
"""Stands for a version that the client did not send; the smallest number that the protocol has."""

_PYTHON_SUFFIXES = (".py", ".pyi", ".pyw")


@dataclass
class Document:
    """One open document. `revision` grows when the text changes, and only then; `changed` is done by the next
    such change. `problems` are our findings about revision `problems_at`, `foreign` what other tools
    reported."""

    snapshot: Snapshot
    language: str
    revision: int = 0
    changed: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    problems: tuple[Problem, ...] = ()
    problems_at: int = -1
    foreign: tuple[Reported, ...] = ()

    @property
    def uri(self) -> str:
        return self.snapshot.uri

    @property
    def is_python(self) -> bool:
        return "python" in self.language.lower() or (not self.language and self.uri.lower().endswith(_PYTHON_SUFFIXES))


def opened(item: types.TextDocumentItem) -> Document:
    return Document(Snapshot.of(item.text, item.uri, _version(item.version)), item.language_id or "")


def apply_changes(
    document: Document,
    changes: Sequence[types.TextDocumentContentChangeEvent],
    version: int,
    encoding: Encoding,
) -> tuple[Edit, ...]:
    """Change a document as the client says; the edits that did it, each in coordinates of the text after the
    one before. Positions outside of the text are clamped; what changes nothing yields no edit."""
    edits = []
    snapshot = document.snapshot
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            edit = _edit_of(snapshot, change, encoding)
        else:
            edit = edit_between(snapshot.text, change.text)
        if snapshot.text[edit.span.start : edit.span.end] != edit.text:
            snapshot = snapshot.edited(edit, _version(version))
            document.foreign = _moved(document.foreign, edit)
            edits.append(edit)
    document.snapshot = snapshot if edits else replace(snapshot, version=_version(version))
    if edits:
        document.revision += 1
        document.changed.set_result(None)
        document.changed = asyncio.get_running_loop().create_future()
    return tuple(edits)


def edit_between(before: str, after: str) -> Edit:
    """One edit that makes `after` of `before`, without the text that both begin and end with.

    So a client that always sends whole documents costs no more than one that sends ranges.
    """
    head = _shared(before, after, min(len(before), len(after)), from_end=False)
    tail = _shared(before, after, min(len(before), len(after)) - head, from_end=True)
    return Edit(Span(head, len(before) - tail), after[head : len(after) - tail])


async def while_unchanged(document: Document, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, which is about the document's present text.

    Raises JsonRpcContentModified as soon as the text changes; then, and when cancelled, the work is
    cancelled.
    """
    task = asyncio.ensure_future(work)
    either: set[asyncio.Future[Any]] = {task, document.changed}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise JsonRpcContentModified("the document changed while the answer was worked out")
    finally:
        task.cancel()


def _version(number: int) -> int | None:
    return None if number == NO_VERSION else number


def _edit_of(snapshot: Snapshot, change: types.TextDocumentContentChangePartial, encoding: Encoding) -> Edit:
    start = to_offset(snapshot, change.range.start.line, change.range.start.character, encoding)
    end = to_offset(snapshot, change.range.end.line, change.range.end.character, encoding)
    return Edit(Span(min(start, end), max(start, end)), change.text)


def _shared(before: str, after: str, limit: int, *, from_end: bool) -> int:
    """How many characters the two share at one end: by halving, since comparing slices is a memory
    comparison."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if from_end:
            same = before[len(before) - middle : len(before) - low] == after[len(after) - middle : len(after) - low]
        else:
            same = before[low:middle] == after[low:middle]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _moved(reported: tuple[Reported, ...], edit: Edit) -> tuple[Reported, ...]:
    """What other tools reported, after an edit: shifted behind it, forgotten where it was touched."""
    shift = len(edit.text) - (edit.span.end - edit.span.start)
    moved = []
    for message, span, source, code in reported:
        if span.start > edit.span.end:
            moved.append((message, Span(span.start + shift, span.end + shift), source, code))
        elif span.end < edit.span.start:
            moved.append((message, span, source, code))
    return tuple(moved)
