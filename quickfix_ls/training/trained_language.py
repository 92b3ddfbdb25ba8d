"""The language of the tools that make or measure Python alone; rows say themselves what they are, see `subjects`."""

from __future__ import annotations

from pathlib import Path

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.shipped import models_of


def trained_language() -> Language:
    """Return Python."""
    return languages.of(languages.EXPECTED)


def shipped_models() -> Path:
    """Return the folder of its shipped models."""
    return models_of(trained_language().name)


def index_of(text: str) -> Index:
    """Return the index of a row's text, as for a document that is not in a file."""
    return trained_language().index(Snapshot.of(text))
