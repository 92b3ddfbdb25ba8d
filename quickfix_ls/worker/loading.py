"""From the configuration to the pipeline of a language, whatever is wrong with the models."""

from __future__ import annotations

import gc

from quickfix_ls.errors import QuickfixError
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.worker.frames import Configure


def load(config: Configure, language: Language) -> tuple[Pipeline | None, str]:
    """The pipeline of a language as configured, else the simplest one, else none; and what the user should know."""
    try:
        return Pipeline.load(language, config.selector), ""
    except QuickfixError as error:
        reason = str(error)
    try:
        pipeline = Pipeline.load(language, "first")
        return pipeline, f"{reason} Ranking falls back to `first`."
    except QuickfixError as error:
        return None, f"{error} Until then no fix can be offered."


async def warm_up(pipeline: Pipeline | None, sample: Index) -> None:
    """Pay for first times now, with a text that has problems, and keep the collector away from what lives as long as
    the process.

    The thresholds follow measurements of the collector's share in the slowest requests: what a request makes is mostly
    freed by counting, so that looking for cycles seldom is cheap and seldom late. Cancellable.
    """
    if pipeline is not None:
        for problem in find_all(sample):
            await pipeline.final_offers(sample, problem, Budget(2.0, 3))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
