"""From the configuration to a pipeline, whatever is wrong with the models."""

from __future__ import annotations

from quickfix_ls.errors import QuickfixError
from quickfix_ls.languages.python.project.interpreter import packages_of
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.worker.frames import Configure


def load(config: Configure) -> tuple[Pipeline | None, str]:
    """The pipeline as configured, else the simplest one, else none; and what the user should know of it."""
    packages = packages_of(config.roots)
    try:
        return Pipeline.load(config.selector, roots=config.roots, packages=packages, patient=False), ""
    except QuickfixError as error:
        reason = str(error)
    try:
        pipeline = Pipeline.load("first", roots=config.roots, packages=packages, patient=False)
        return pipeline, f"{reason} Ranking falls back to `first`."
    except QuickfixError as error:
        return None, f"{error} Until then no fix can be offered."


def models_of(config: Configure) -> tuple[str, tuple[str, ...]]:
    """The part of the configuration that a pipeline is loaded for."""
    return config.selector, config.roots
