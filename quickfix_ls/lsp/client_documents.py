"""The open documents: what a client's `didChange` makes of them, and whether an answer is still about them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified
from pygls.uris import to_fs_path

from quickfix_ls.documents.positions import Encoding, to_offset
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.documents.view import View, WholeView
from quickfix_ls.languages import all_files, name_for
from quickfix_ls.values import Edit, Problem, Reported, Span
from quickfix_ls.worker.frames import ChangeText, Open

T = TypeVar("T")

NO_VERSION = -(2**31)
"""Stands for a version that the client did not send; the smallest number that the protocol has."""

LONGEST_TEXT = 5_000_000
LONGEST_LINE = 20_000
"""In characters. What is longer was not written by hand, and to analyse it would take long."""

_READ_ONLY = frozenset(
    {"conflictresolution", "diffview", "fugitive", "git", "gitfs", "gitlens", "gitsigns", "hg", "jar", "octo", "output",
     "pr", "review", "scm-history-item", "svn", "vscode-local-history", "vscode-scm", "zipfile"}
)  # fmt: skip
"""Schemes of documents that nobody can edit: the old side of a diff, somebody else's proposal, an archive."""


class TextStep(NamedTuple):
    """An edit, and the text after it."""

    edit: Edit
    after: Snapshot


@dataclass
class ClientDocument:
    """One open document. `revision` grows when the text changes, and only then; `changed` is done by the next
    such change. `problems` are our findings about revision `problems_at`, `foreign` what other tools
    reported. `silence` says why we leave the document alone; empty where we don't.

    `view` maps its text to the client's documents, and `sources` are those where it is composed of several: then it is
    a notebook, and each of them one cell."""

    snapshot: Snapshot
    language: str
    view: View
    revision: int = 0
    changed: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    problems: tuple[Problem, ...] = ()
    problems_at: int = -1
    foreign: tuple[Reported, ...] = ()
    silence: str = ""
    sources: Mapping[str, Snapshot] | None = None

    @property
    def is_notebook(self) -> bool:
        return self.sources is not None

    def texts(self) -> Mapping[str, Snapshot]:
        """The client's documents that it is composed of, by their uris: itself, unless it is a notebook."""
        return {self.uri: self.snapshot} if self.sources is None else self.sources

    @property
    def uri(self) -> str:
        return self.snapshot.uri

    @property
    def path(self) -> str:
        """Where it lies on this machine; empty where it is not a file."""
        return (to_fs_path(self.uri) if self.uri.startswith("file:") else None) or ""

    def opening(self) -> Open:
        """What tells the worker of the document as it is now."""
        language = name_for(self.language, self.uri)
        return Open(self.uri, self.revision, self.snapshot.text, self.path, language, self.is_notebook, self.view.seams)

    def change(self, edits: tuple[Edit, ...]) -> ChangeText:
        """What tells the worker of the edits that led to the document as it is now."""
        return ChangeText(self.uri, self.revision, edits, self.view.seams if self.is_notebook else None)


def opened(item: types.TextDocumentItem) -> ClientDocument:
    snapshot = Snapshot.of(item.text, item.uri, version_of(item.version))
    document = ClientDocument(snapshot, item.language_id or "", WholeView(item.uri))
    document.silence = unsupported_reason(document)
    return document


def apply_changes(
    document: ClientDocument,
    changes: Sequence[types.TextDocumentContentChangeEvent],
    version: int,
    encoding: Encoding,
) -> tuple[Edit, ...]:
    """ChangeText a document as the client says; the edits that did it, each in coordinates of the text after the
    one before. Positions outside of the text are clamped; what changes nothing yields no edit."""
    steps = changed_by(document.snapshot, changes, version, encoding)
    if steps:
        take_steps(document, steps)
    else:
        document.snapshot = replace(document.snapshot, version=version_of(version))
    return tuple(one.edit for one in steps)


def changed_by(
    snapshot: Snapshot,
    changes: Sequence[types.TextDocumentContentChangeEvent],
    version: int,
    encoding: Encoding,
) -> list[TextStep]:
    """A client's changes of a text as edits, each with the text that it makes; see `apply_changes`."""
    steps = []
    for change in changes:
        if isinstance(change, types.TextDocumentContentChangePartial):
            edit = _edit_of(snapshot, change, encoding)
        else:
            edit = edit_between(snapshot.text, change.text)
        if snapshot.text[edit.span.start : edit.span.end] != edit.text:
            snapshot = snapshot.edited(edit, version_of(version))
            steps.append(TextStep(edit, snapshot))
    return steps


def take_steps(document: ClientDocument, steps: Sequence[TextStep]) -> None:
    """Let a document have the text that edits made of its own."""
    # While nothing was too long, only what comes in can be.
    in_doubt = bool(document.silence) or any(_makes_long(one.after, one.edit) for one in steps)
    for one in steps:
        document.snapshot = one.after
        document.foreign = _moved(document.foreign, one.edit)
    if in_doubt:
        document.silence = unsupported_reason(document)
    document.revision += 1
    document.changed.set_result(None)
    document.changed = asyncio.get_running_loop().create_future()


def edit_between(before: str, after: str) -> Edit:
    """One edit that makes `after` of `before`, without the text that both begin and end with.

    So a client that always sends whole documents costs no more than one that sends ranges.
    """
    head = _shared(before, after, min(len(before), len(after)), from_end=False)
    tail = _shared(before, after, min(len(before), len(after)) - head, from_end=True)
    return Edit(Span(head, len(before) - tail), after[head : len(after) - tail])


async def while_unchanged(document: ClientDocument, work: Coroutine[Any, Any, T]) -> T:
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


def unsupported_reason(document: ClientDocument) -> str:
    """Why a document is not for us; empty where it is."""
    snapshot, scheme = document.snapshot, document.uri.partition(":")[0].lower()
    if not name_for(document.language, document.uri):
        known = (files.title for files in all_files().values())
        return f"it is not {' or '.join(known)}"
    if scheme in _READ_ONLY:
        return f"a document of `{scheme}` can't be edited"
    if len(snapshot.text) > LONGEST_TEXT:
        return f"it is longer than {LONGEST_TEXT:,} characters"
    ends = [*snapshot.line_starts[1:], len(snapshot.text)]
    if any(end - start > LONGEST_LINE for start, end in zip(snapshot.line_starts, ends, strict=True)):
        return f"it has a line of more than {LONGEST_LINE:,} characters"
    return ""


def _makes_long(snapshot: Snapshot, edit: Edit) -> bool:
    """Whether the text, or a line of it, may be too long after an edit, which made `snapshot`."""
    if len(edit.text) > LONGEST_LINE or len(snapshot.text) > LONGEST_TEXT:
        return True
    first = snapshot.line_span(snapshot.line_at(edit.span.start))
    last = snapshot.line_span(snapshot.line_at(edit.span.start + len(edit.text)))
    return max(first.end - first.start, last.end - last.start) > LONGEST_LINE


def version_of(number: int) -> int | None:
    return None if number == NO_VERSION else number


def _edit_of(snapshot: Snapshot, change: types.TextDocumentContentChangePartial, encoding: Encoding) -> Edit:
    start = to_offset(snapshot, change.range.start.line, change.range.start.character, encoding)
    end = to_offset(snapshot, change.range.end.line, change.range.end.character, encoding)
    return Edit(Span(min(start, end), max(start, end)), change.text)


def _shared(before: str, after: str, limit: int, *, from_end: bool) -> int:
    """How many characters the two share at one end: by halving, since comparing slices is a memory comparison."""
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
    shift = edit.growth
    moved = []
    for one in reported:
        if one.span.start > edit.span.end:
            moved.append(one._replace(span=Span(one.span.start + shift, one.span.end + shift)))
        elif one.span.end < edit.span.start:
            moved.append(one)
    return tuple(moved)
