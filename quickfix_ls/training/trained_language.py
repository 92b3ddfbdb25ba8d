"""The language whose models are trained and evaluated."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quickfix_ls import languages
from quickfix_ls.candidates.fixers import Fixers, all_fixers
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.shipped import models_of


def trained_language() -> Language:
    """Return the language of the rows in training and evaluation files."""
    return languages.of(languages.EXPECTED)


def shipped_models() -> Path:
    """Return the folder of its shipped models."""
    return models_of(trained_language().name)


def index_of(text: str) -> Index:
    """Return the index of a row's text, as for a document that is not in a file."""
    return trained_language().index(Snapshot.of(text))


def certain_proposers() -> frozenset[str]:
    """Return the sources of the fixers that propose only where little else can be meant."""
    return frozenset(fixer.source for fixer in all_fixers(trained_language().part(Fixers)) if fixer.certain)


@cache
def resident_pipeline(selector: str) -> Pipeline:
    """Return the pipeline with the shipped models, loaded once for a process. Raises ModelError if a model can't be
    used."""
    return Pipeline.load(trained_language(), selector=selector)
