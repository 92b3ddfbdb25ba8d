"""The open documents: applies the client's `didChange`, and discards answers about a text that has changed since."""

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
from quickfix_ls.lsp.typing_pause import Typing
from quickfix_ls.values import Edit, Problem, Reported, Span
from quickfix_ls.worker.frames import ChangeText, Open

T = TypeVar("T")

NO_VERSION = -(2**31)
"""Replaces a version that the client did not send; the smallest integer of the protocol."""

MAX_TEXT = 5_000_000
MAX_LINE = 20_000
"""In characters. Longer documents are generated, not written by hand, and their analysis would take long."""

_READ_ONLY = frozenset(
    {"conflictresolution", "diffview", "fugitive", "git", "gitfs", "gitlens", "gitsigns", "hg", "jar", "octo", "output",
     "pr", "review", "scm-history-item", "svn", "vscode-local-history", "vscode-scm", "zipfile"}
)  # fmt: skip
"""URI schemes of documents that can't be edited: the old side of a diff, a pull request, an archive."""


class TextStep(NamedTuple):
    """An edit, and the snapshot after it."""

    edit: Edit
    after: Snapshot


@dataclass
class ClientDocument:
    """An open document: a file, or a notebook.

    `revision` counts the changes of the text; the next one completes `changed`. `problems` are those that our analysis
    found in revision `problems_revision`. `reported_elsewhere` are other tools' diagnostics; `elsewhere` are the
    problems that those in `compared` are about, `unreported` those that no tool reports for sure (`other_tools`).
    `searching` is held while the worker searches for the problems; `typing` tells whether the user is typing.
    `unsupported` is the reason why the document isn't analysed, empty if it is.

    `view` maps the text to the client's documents. `sources` are a notebook's cells by URI, None for a file.
    """

    snapshot: Snapshot
    language: str
    view: View
    revision: int = 0
    changed: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    problems: tuple[Problem, ...] = ()
    problems_revision: int = -1
    searching: asyncio.Lock = field(default_factory=asyncio.Lock)
    typing: Typing = field(default_factory=Typing)
    reported_elsewhere: tuple[Reported, ...] = ()
    compared: tuple[Reported, ...] = ()
    elsewhere: frozenset[Problem] = frozenset()
    unreported: frozenset[Problem] = frozenset()
    unsupported: str = ""
    sources: Mapping[str, Snapshot] | None = None

    @property
    def is_notebook(self) -> bool:
        return self.sources is not None

    def texts(self) -> Mapping[str, Snapshot]:
        """Return the client's documents it consists of, by URI: a notebook's cells, or the file itself."""
        return {self.uri: self.snapshot} if self.sources is None else self.sources

    @property
    def uri(self) -> str:
        return self.snapshot.uri

    @property
    def path(self) -> str:
        """The file's path on this machine; empty if the document is not a file."""
        return (to_fs_path(self.uri) if self.uri.startswith("file:") else None) or ""

    def opening(self) -> Open:
        """Return the message that opens the document in the worker, with its present text."""
        language = name_for(self.language, self.uri)
        return Open(self.uri, self.revision, self.snapshot.text, self.path, language, self.is_notebook, self.view.seams)

    def change(self, edits: tuple[Edit, ...]) -> ChangeText:
        """Return the message that tells the worker of the edits that led to the present text."""
        return ChangeText(self.uri, self.revision, edits, self.view.seams if self.is_notebook else None)


def opened(item: types.TextDocumentItem) -> ClientDocument:
    """Return the document of a file that the client opens."""
    snapshot = Snapshot.of(item.text, item.uri, version_of(item.version))
    document = ClientDocument(snapshot, item.language_id or "", WholeView(item.uri))
    document.unsupported = unsupported_reason(document)
    return document


def apply_changes(
    document: ClientDocument,
    changes: Sequence[types.TextDocumentContentChangeEvent],
    version: int,
    encoding: Encoding,
) -> tuple[Edit, ...]:
    """Apply a client's changes to a document and return them as edits.

    Each edit's span is in the text after the edit before it. Positions outside of the text are clamped; a change
    without an effect yields no edit.
    """
    steps = changed_by(document.snapshot, changes, version, encoding)
    if steps:
        take_steps(document, steps)
    else:
        document.snapshot = replace(document.snapshot, version=version_of(version))
    return tuple(step.edit for step in steps)


def changed_by(
    snapshot: Snapshot,
    changes: Sequence[types.TextDocumentContentChangeEvent],
    version: int,
    encoding: Encoding,
) -> list[TextStep]:
    """Return a client's changes of a text as edits, each with the snapshot after it; see `apply_changes`."""
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
    """Give a document the text after `steps`, which are edits of its present text."""
    # As long as the document is supported, only inserted text can make it too long.
    in_doubt = bool(document.unsupported) or any(_may_exceed_limits(step.after, step.edit) for step in steps)
    for step in steps:
        document.snapshot = step.after
        document.reported_elsewhere = _moved(document.reported_elsewhere, step.edit)
    document.unreported = frozenset()
    if in_doubt:
        document.unsupported = unsupported_reason(document)
    document.revision += 1
    document.typing.changed()
    document.changed.set_result(None)
    document.changed = asyncio.get_running_loop().create_future()


def edit_between(before: str, after: str) -> Edit:
    """Return the edit that turns `before` into `after`, without their common prefix and suffix.

    So a client that always sends whole documents costs no more than one that sends ranges.
    """
    head = _shared(before, after, min(len(before), len(after)), from_end=False)
    tail = _shared(before, after, min(len(before), len(after)) - head, from_end=True)
    return Edit(Span(head, len(before) - tail), after[head : len(after) - tail])


async def while_unchanged(document: ClientDocument, work: Coroutine[Any, Any, T]) -> T:
    """Return the result of `work`, which must be about the document's present text.

    Raises JsonRpcContentModified as soon as the text changes, and cancels the work. Cancellation cancels the work too.
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
    """Return the reason why a document can't be analysed; empty if it can."""
    snapshot, scheme = document.snapshot, document.uri.partition(":")[0].lower()
    if not name_for(document.language, document.uri):
        known = (files.title for files in all_files().values())
        return f"it is not {' or '.join(known)}"
    if scheme in _READ_ONLY:
        return f"a document of `{scheme}` can't be edited"
    if len(snapshot.text) > MAX_TEXT:
        return f"it is longer than {MAX_TEXT:,} characters"
    ends = [*snapshot.line_starts[1:], len(snapshot.text)]
    if any(end - start > MAX_LINE for start, end in zip(snapshot.line_starts, ends, strict=True)):
        return f"it has a line of more than {MAX_LINE:,} characters"
    return ""


def _may_exceed_limits(snapshot: Snapshot, edit: Edit) -> bool:
    """Return whether `edit`, which led to `snapshot`, may have made the text or a line of it too long."""
    if len(edit.text) > MAX_LINE or len(snapshot.text) > MAX_TEXT:
        return True
    first = snapshot.line_span(snapshot.line_at(edit.span.start))
    last = snapshot.line_span(snapshot.line_at(edit.span.start + len(edit.text)))
    return max(first.end - first.start, last.end - last.start) > MAX_LINE


def version_of(number: int) -> int | None:
    """Return the version that the client sent; None if it sent none."""
    return None if number == NO_VERSION else number


def _edit_of(snapshot: Snapshot, change: types.TextDocumentContentChangePartial, encoding: Encoding) -> Edit:
    start = to_offset(snapshot, change.range.start.line, change.range.start.character, encoding)
    end = to_offset(snapshot, change.range.end.line, change.range.end.character, encoding)
    return Edit(Span(min(start, end), max(start, end)), change.text)


def _shared(before: str, after: str, limit: int, *, from_end: bool) -> int:
    """Return the length, at most `limit`, of the common prefix or suffix, by bisection: comparing slices is fast."""
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
    """Return other tools' diagnostics after an edit: those behind it are shifted, those that it touches dropped."""
    shift = edit.growth
    moved = []
    for diagnostic in reported:
        span = diagnostic.span
        if span.start > edit.span.end:
            moved.append(diagnostic._replace(span=Span(span.start + shift, span.end + shift)))
        elif span.end < edit.span.start:
            moved.append(diagnostic)
    return tuple(moved)
