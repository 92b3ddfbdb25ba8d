"""Selectors, one file each, found by their place: `selectors/<name>.py` holds one `@selector` function of
that name.

The function gets the folder of the models and the features that the code computes, and returns what judges
groups of candidates; it raises ModelError where it can't.
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
    """Judges the candidates of one problem."""

    @property
    def name(self) -> str: ...

    @property
    def features(self) -> Sequence[str]:
        """The names of the features that it reads, in its model's order; none where it has no model."""
        ...

    @property
    def thresholds(self) -> Thresholds:
        """From which probability on a candidate is worth showing, or may be applied blind."""
        ...

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        """One probability in [0, 1] for each candidate, the best one's the largest.

        `features` has a row for each candidate, in the order in which they were proposed, with its own features;
        `votes` says how many sources proposed it."""
        ...


Load = Callable[[Path, Sequence[str]], Selector]


def selector(load: Load) -> Load:
    """Mark the function that loads a selector; its name is the function's, and the file's."""
    _LOADERS[load.__name__] = load
    return load


@cache
def all_selectors() -> dict[str, Load]:
    """What loads each selector, by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_LOADERS.items()))


_LOADERS: dict[str, Load] = {}
