"""From the configuration to a pipeline, whatever is wrong with the models."""

from __future__ import annotations

import gc

from quickfix_ls.analysis.index import Analysis
from quickfix_ls.errors import QuickfixError
from quickfix_ls.interpreters import packages_of
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.worker.frames import Configure

SAMPLE = "import os\n\n\ndef f(x:\n    return lenght + len(x)\n\n\nprint(x)\n"
"""A text with a problem of each kind that is found without tools."""


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


async def warm_up(pipeline: Pipeline | None, analysis: Analysis) -> None:
    """Pay for first times now, with the analysis of a sample, and keep the collector away from what lives as long as
    the process.

    The thresholds follow measurements of the collector's share in the slowest requests: what a request makes is mostly
    freed by counting, so that looking for cycles seldom is cheap and seldom late. Cancellable.
    """
    if pipeline is not None:
        for problem in find_all(analysis):
            await pipeline.final_offers(analysis, problem, Budget(2.0, 3))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
