"""Load a selector by its name, once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from quickfix_ls.errors import LibraryError, ModelError
from quickfix_ls.ranking.selectors import Selector, all_selectors

FALLBACK = "logistic"
_LOG = logging.getLogger(__name__)


def load_selector(name: str, feature_names: Sequence[str], directory: Path) -> Selector:
    """Return the selector with this name, with its model from `directory`.

    A second call with the same arguments returns the same object. If only LightGBM's library is missing, the logistic
    regression is used in its place, and a warning is logged. Raises ModelError for an unknown name, or for a model that
    is missing, damaged or made for features other than `feature_names`; the message has a remedy.
    """
    return _load(name, tuple(feature_names), directory)


@lru_cache(maxsize=8)
def _load(name: str, feature_names: tuple[str, ...], directory: Path) -> Selector:
    known = all_selectors()
    if name not in known:
        raise ModelError(f"There is no selector {name!r}: choose one of {', '.join(known)}.")
    try:
        return known[name](directory, feature_names)
    except LibraryError as error:
        _LOG.warning("%s Until then ranking falls back to `%s`.", error, FALLBACK)
        return known[FALLBACK](directory, feature_names)
