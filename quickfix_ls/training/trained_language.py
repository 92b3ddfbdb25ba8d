"""The language whose models are trained and measured."""

from __future__ import annotations

from pathlib import Path

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.shipped import models_of


def trained_language() -> Language:
    """The language that the rows of training and evaluation files are in."""
    return languages.of(languages.EXPECTED)


def shipped_models() -> Path:
    """The folder of its shipped models."""
    return models_of(trained_language().name)


def index_of(text: str) -> Index:
    """The index of a row's text, as of a document that is no file."""
    return trained_language().index(Snapshot.of(text))
