"""From the configuration to a pipeline, whatever is wrong with the models."""

from __future__ import annotations

from quickfix_ls.errors import QuickfixError
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.worker.frames import Configure


def load(config: Configure) -> tuple[Pipeline | None, str]:
    """The pipeline as configured, else the simplest one, else none; and what the user should know of it."""
    try:
        return Pipeline.load(config.selector, config.min_probability, config.roots), ""
    except QuickfixError as error:
        reason = str(error)
    try:
        return Pipeline.load("first", config.min_probability, config.roots), f"{reason} Ranking falls back to `first`."
    except QuickfixError as error:
        return None, f"{error} Until then no fix can be offered."


def models_of(config: Configure) -> tuple[str, float | None, tuple[str, ...]]:
    """The part of the configuration that a pipeline is loaded for."""
    return config.selector, config.min_probability, config.roots
