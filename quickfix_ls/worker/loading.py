"""Loads the pipeline of a language, with a fallback if models are missing or broken, and warms it up."""

from __future__ import annotations

import gc

from quickfix_ls.errors import QuickfixError
from quickfix_ls.index.index import Index
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.problems import find_all
from quickfix_ls.worker.frames import Configure


def load(config: Configure, language: Language) -> tuple[Pipeline | None, str]:
    """Load the pipeline of a language with the configured selector, else with the selector `first`, else none.

    Returns the pipeline and a message for the user, which is empty if the configured one was loaded.
    """
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
    """Pay the cost of first uses on a sample with problems, and exclude permanent objects from garbage collection.

    The thresholds follow measurements of the collector's share in the slowest requests: reference counting frees most
    objects of a request, so rare searches for cycles are cheap and suffice. Cancellable.
    """
    if pipeline is not None:
        for problem in find_all(sample):
            await pipeline.final_offers(sample, problem, Budget(2.0, 3))
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
