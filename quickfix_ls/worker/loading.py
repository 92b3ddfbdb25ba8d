"""From the configuration to a pipeline, whatever is wrong with the models."""

from __future__ import annotations

from quickfix_ls.errors import QuickfixError
from quickfix_ls.languages.language import Language
from quickfix_ls.pipeline import Pipeline
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
