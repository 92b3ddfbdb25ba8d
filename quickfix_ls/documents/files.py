"""The language part that recognizes the documents of a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Files:
    """The names and encodings of a language's documents.

    `title` is the language's name in messages. `word` is part of every `languageId` that editors use for the language;
    `suffixes` are those of its files, which count if an editor states no language; `searched` are those suffixes among
    them that are searched for in folders. `encoding_of(data)` returns the encoding of a file's bytes; it raises
    SyntaxError or LookupError if they declare an unknown encoding.
    """

    title: str
    word: str
    suffixes: tuple[str, ...]
    searched: tuple[str, ...]
    encoding_of: Callable[[bytes], str]

    def takes(self, language_id: str, name: str) -> bool:
        """Return whether a document with this `languageId` (empty if unknown) and name belongs to the language."""
        if language_id:
            return self.word in language_id.lower()
        return name.lower().endswith(self.suffixes)
