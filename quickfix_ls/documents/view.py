"""Views: texts made of spans of documents, with offsets mapped in both directions and edits mapped back.

A language analyses a view and does not know the origin of its text: a file, the cells of a notebook, or a part of a
file. The results are mapped back to the documents once, before they are sent to the editor.

`WholeView` shows one whole document; `composed_view` has views of several documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from quickfix_ls.values import Edit, Span

MappedEdits = Mapping[str, tuple[Edit, ...]]
"""The edits of each document, by its uri."""


class View(Protocol):
    """A text for analysis. A span of it belongs to one document at most; spans that can't be mapped give None."""

    @property
    def seams(self) -> tuple[int, ...]:
        """The offsets inside of the view at which another document begins."""

    def to_document(self, span: Span) -> tuple[str, Span] | None:
        """Return the uri of the document that a span of the view lies in, and the span there.

        A span that begins or ends in masking text is extended to all of the text that is masked.
        """

    def to_view(self, uri: str, span: Span) -> Span | None:
        """Return the span of the view that shows a span of a document; None if the view does not show its ends."""

    def map_edits(self, edits: Iterable[Edit], home: str = "") -> MappedEdits | None:
        """Convert edits of the view into edits of its documents.

        Returns None if an edit changes text that belongs to no document, or if its document is ambiguous. An insertion
        between two documents that does not end with a line end belongs to the line that follows. Inserted whole lines
        belong to the document `home`, for which the edits are made, if that is one of the two, and else to the document
        before them.
        """


class TextView(View, Protocol):
    """A view that has its text, and may show placeholders in it."""

    @property
    def text(self) -> str:
        """The text of the view."""

    def is_exact(self, span: Span) -> bool:
        """Return whether no placeholder is part of a span of the view."""


class WholeView(NamedTuple):
    """The view of a single whole document: its text and offsets are the document's."""

    uri: str

    @property
    def seams(self) -> tuple[int, ...]:
        return ()

    def to_document(self, span: Span) -> tuple[str, Span] | None:
        return self.uri, span

    def to_view(self, uri: str, span: Span) -> Span | None:
        return span if uri == self.uri else None

    def map_edits(self, edits: Iterable[Edit], home: str = "") -> MappedEdits | None:
        return {self.uri: tuple(edits)}
