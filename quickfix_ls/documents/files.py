"""Which documents a language is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Files:
    """`word` is part of every `languageId` that editors have for the language; `suffixes` are those of its files, which
    decide where an editor names no language; `searched` are those among them that are looked for in folders.
    `encoding_of(data)` tells the encoding of a file's bytes; it raises SyntaxError or LookupError where they name none
    that exists. `title` is what messages call the language."""

    title: str
    word: str
    suffixes: tuple[str, ...]
    searched: tuple[str, ...]
    encoding_of: Callable[[bytes], str]

    def takes(self, language_id: str, name: str) -> bool:
        """Whether a document with that language id (empty where unknown) and that name is one of the language."""
        if language_id:
            return self.word in language_id.lower()
        return name.lower().endswith(self.suffixes)
