"""The registry of selectors: each is a module `selectors/<name>.py` with one `@selector` function of the same name.

The function takes the folder of the models and the names of the features that the code computes, and returns a selector
for groups of candidates. It raises ModelError if its model can't be used.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from quickfix_ls.ranking.thresholds import Thresholds


class Selector(Protocol):
    """Scores the candidates of one problem."""

    @property
    def name(self) -> str: ...

    @property
    def features(self) -> Sequence[str]:
        """The names of the features that it reads, in its model's order; empty if it has no model."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """The probabilities from which on a candidate is shown, or may be applied without review."""
        ...

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        """Return a probability in [0, 1] for each candidate; the best candidate has the largest.

        `features` has a row for each candidate, in the order in which they were proposed; `votes` has the number of
        sources that proposed each.
        """
        ...


Load = Callable[[Path, Sequence[str]], Selector]


def selector(load: Load) -> Load:
    """Register the function that loads a selector; the selector's name is that of the function, and of its module."""
    _LOADERS[load.__name__] = load
    return load


@cache
def all_selectors() -> dict[str, Load]:
    """Return the loading function of each selector, by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_LOADERS.items()))


_LOADERS: dict[str, Load] = {}
