"""The languages: found by their folders, loaded when the first document of one is opened.

`languages/<name>/files.py` holds `FILES`, which documents it is for, and imports nothing heavy;
`languages/<name>/language.py` holds `LANGUAGE`, the record of its parts. Another distribution brings a language along
in a folder `quickfix_ls/languages/<name>` of its own.
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
    for place in sys.path
    if os.path.isdir(folder := os.path.join(place, "quickfix_ls", "languages")) and folder not in __path__
]

EXPECTED = "python"
"""The language that a server is made ready for before a document is open."""


def name_for(language_id: str, name: str) -> str:
    """The language of a document, by its language id (empty where unknown) and its name; empty where it is none that we
    know."""
    return next((language for language, files in all_files().items() if files.takes(language_id, name)), "")


def of(name: str) -> Language:
    """The language of a name, loaded at the first call. Raises LookupError where there is none."""
    if name not in all_files():
        raise LookupError(f"there is no language {name!r}; the languages are {', '.join(all_files())}")
    language: Language = importlib.import_module(f"{__name__}.{name}.language").LANGUAGE
    return language


@cache
def all_files() -> dict[str, Files]:
    """Which documents each language is for, by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}.files").FILES for name in names}
