"""Where the models lie that come with the package: a folder for each language."""

from __future__ import annotations

from pathlib import Path

MODELS = Path(__file__).resolve().with_name("models")


def models_of(language: str) -> Path:
    """The folder of a language's shipped models."""
    return MODELS / language
