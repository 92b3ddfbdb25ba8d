"""Rank candidates by boosted trees: `lightgbm.txt`, in LightGBM's own text format, with its card `lightgbm.json`.

Beyond the fields that `cards` requires, the card has the `sha256` of the text. LightGBM's parser trusts its input, so
the text is passed to it only if the digests agree. A model that is not part of the package may agree with its card and
still be hostile, so its trees are checked as well, see `tree_text`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from quickfix_ls.errors import ModelError
from quickfix_ls.ranking.boosting import Booster
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.cards import CURE, calibration_of, read_card, thresholds_of, unusable
from quickfix_ls.ranking.selectors import Selector, selector
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.ranking.tree_text import check_trees
from quickfix_ls.shipped import MODELS


@selector
def lightgbm(directory: Path, feature_names: Sequence[str]) -> Selector:
    """Load the model from `directory`.

    Raises ModelError if the files are missing, damaged or made for other features, or LightGBM's library can't be
    opened.
    """
    card_path, path = directory / "lightgbm.json", directory / "lightgbm.txt"
    card = read_card(card_path, feature_names)
    calibration = calibration_of(card, card_path)
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise ModelError(f"The model {path} is missing. {CURE}") from None
    except OSError as error:
        raise unusable(path, f"it can't be read ({error})") from None
    if hashlib.sha256(text).hexdigest() != card.get("sha256"):
        raise unusable(path, "it is damaged, or not the model that its card tells of")
    try:
        # The package's own model is as trusted as its code; without the check it loads in a tenth of the time.
        if MODELS not in directory.parents:
            check_trees(text)
        booster = Booster(text)
    except ValueError as error:
        raise unusable(path, str(error)) from None
    if booster.features != len(card["features"]):
        raise unusable(path, f"its trees use {booster.features} features, the card states {len(card['features'])}")
    return LightGBM(booster, calibration, thresholds_of(card, card_path), tuple(card["features"]))


class LightGBM:
    """A selector that calibrates the raw scores of the trees. `close` frees the trees."""

    name = "lightgbm"

    def __init__(
        self, booster: Booster, calibration: Calibration, thresholds: Thresholds, features: tuple[str, ...]
    ) -> None:
        self.booster = booster
        self.calibration = calibration
        self.thresholds = thresholds
        self.features = features

    def score(self, features: Sequence[Sequence[float]], votes: Sequence[int]) -> list[float]:
        return self.calibration.probabilities(self.booster.raw(features))

    def contributions(self, row: Sequence[float]) -> list[float]:
        """Return each feature's contribution to the raw score of one candidate."""
        return self.booster.contributions(row)

    def close(self) -> None:
        self.booster.close()
