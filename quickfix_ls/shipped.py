"""The trained models that come with the package: a folder for each language."""

from __future__ import annotations

from pathlib import Path

MODELS = Path(__file__).resolve().with_name("models")


def models_of(language: str) -> Path:
    """Return the folder of a language's shipped models; it may not exist."""
    return MODELS / language
