"""Inferred types as a part of the language, for the worker and the commands."""

from __future__ import annotations

from collections.abc import Sequence

from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import TypeEvidence, TypeService
from quickfix_ls.languages.python.types import jedi_service, ty_service
from quickfix_ls.languages.python.types.doubts import Doubt, doubts_at, informed, suspected_in
from quickfix_ls.languages.python.types.inquiries import TypeQuestion
from quickfix_ls.languages.python.types.search_path import folders_for


def question(index: Index, path: str, roots: Sequence[str], doubts: Sequence[Doubt]) -> TypeQuestion:
    """Return the question about the doubts of a file; `path` is empty if the document is not a file, `roots` are the
    workspace folders."""
    inquiries = tuple(doubt.inquiry for doubt in doubts)
    return TypeQuestion(index.snapshot.text, path, folders_for(path, roots), inquiries)


def is_installed() -> bool:
    """Return whether ty or jedi is installed."""
    return bool(ty_service.program()) or jedi_service.is_installed()


def start() -> TypeService:
    """Return the service that infers types: ty, which takes milliseconds; where it is not installed jedi, which may
    take seconds."""
    return ty_service.ty_service() if ty_service.program() else jedi_service.jedi_service()


TYPES = TypeEvidence(is_installed, start, doubts_at, suspected_in, question, informed)
