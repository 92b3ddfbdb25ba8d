"""Python as the tests use it: its record of parts, and the index of a text in a given environment."""

from __future__ import annotations

from quickfix_ls import languages
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.index.index import Index
from quickfix_ls.index.seams import Seams
from quickfix_ls.languages.python.compile_check import HERE, Version
from quickfix_ls.languages.python.environment import PythonEnvironment
from quickfix_ls.plausibility import FILE
from quickfix_ls.shipped import models_of

PYTHON = languages.of("python")
MODELS = models_of("python")
PLAUSIBILITY = MODELS / FILE


def python_index(
    snapshot: Snapshot,
    target: Version = HERE,
    packages: tuple[str, ...] = (),
    beside: tuple[str, ...] = (),
    *,
    notebook: bool = False,
    seams: Seams = (),
) -> Index:
    """The index of a snapshot of Python, for a version, with the folders of its packages and of its own modules; of a
    notebook whose cells after the first begin at `seams`."""
    if (target, packages, beside, notebook) == (HERE, (), (), False):
        return PYTHON.index(snapshot, seams=seams)
    return PYTHON.index(snapshot, PythonEnvironment(target, packages, beside, notebook=notebook), seams)
