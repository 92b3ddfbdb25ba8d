"""Registry of languages: each is found by its folder and loaded when the first document of it is opened.

`languages/<name>/files.py` defines `FILES`, the documents that belong to the language, and imports nothing heavy;
`languages/<name>/language.py` defines `LANGUAGE`, the record of its parts. Another distribution adds a language by
shipping a folder `quickfix_ls/languages/<name>` of its own.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quickfix_ls.documents.files import Files
    from quickfix_ls.languages.language import Language

__path__ += [
    folder
    for entry in sys.path
    if os.path.isdir(folder := os.path.join(entry, "quickfix_ls", "languages")) and folder not in __path__
]

EXPECTED = "python"
"""The language that a server process loads before any document is open."""


def name_for(language_id: str, name: str) -> str:
    """Return the name of a document's language, given its LSP language id (empty where unknown) and its file name;
    empty where no installed language takes the document."""
    return next((language for language, files in all_files().items() if files.takes(language_id, name)), "")


def of(name: str) -> Language:
    """Return the language with a name; its modules are imported at the first call. Raises LookupError if there is no
    such language."""
    if name not in all_files():
        raise LookupError(f"there is no language {name!r}; the languages are {', '.join(all_files())}")
    language: Language = importlib.import_module(f"{__name__}.{name}.language").LANGUAGE
    return language


@cache
def all_files() -> dict[str, Files]:
    """Return the `Files` of every language (the documents that belong to it), by the language's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}.files").FILES for name in names}
