"""Whether a fixed notebook is still one: by our own reader, and by nbformat where it is installed."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence

from quickfix_ls.documents.formats.notebook_file import NotebookError, NotebookFile


def rewritten(notebook: NotebookFile, sources: Sequence[str]) -> str:
    """Return the JSON of a notebook with new sources of its code cells. Raises NotebookError if what comes out isn't a
    notebook of these cells, or breaks a rule of its format that held before."""
    after = notebook.with_sources(sources)
    if [cell.source for cell in NotebookFile(after).cells] != list(sources):
        raise NotebookError("its cells would not be those that were fixed")
    if (complaint := _complaint(after)) and not _complaint(notebook.text):
        raise NotebookError(f"it would be no valid notebook: {complaint}")
    return after


def _complaint(text: str) -> str:
    """Return what nbformat has to say against a notebook; empty if that is nothing, or nbformat isn't installed."""
    try:
        from nbformat import ValidationError, validate
    except ImportError:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            validate(json.loads(text))
    except ValidationError as error:
        return str(error).partition("\n")[0]
    return ""
