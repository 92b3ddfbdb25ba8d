"""Read a model's card, the JSON file beside it, and check that its features are those that the code computes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quickfix_ls.errors import ModelError
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.thresholds import Thresholds

CURE = "Reinstall quickfix-ls, or make the model anew with `quickfix-ls train`."


def read_card(path: Path, feature_names: Sequence[str]) -> dict[str, Any]:
    """Read the card of a ranking model, a JSON object with at least `features`, `calibration` and two thresholds.

    A model may use a subset of the code's features, as one does that was made before a feature was added. Raises
    ModelError if it is missing, is no JSON object with `features`, or uses features that the code does not compute.
    """
    try:
        card = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise ModelError(f"The model card {path} is missing. {CURE}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise unusable(path, f"it can't be read ({error})") from None
    stated = card.get("features") if isinstance(card, dict) else None
    if not isinstance(stated, list):
        raise unusable(path, "it does not state the model's features")
    unknown = [str(name) for name in stated if name not in feature_names]
    if unknown or len(set(map(str, stated))) < len(stated):
        what = f"it has {', '.join(unknown)} besides" if unknown else "it states one twice"
        raise unusable(path, f"it was made for other features than the code's: {what}")
    return dict(card)


def calibration_of(card: dict[str, Any], path: Path) -> Calibration:
    """Return the calibration of a card. Raises ModelError if it is invalid."""
    try:
        return Calibration.from_card(card["calibration"])
    except (KeyError, TypeError, ValueError) as error:
        raise unusable(path, f"its calibration is wrong ({error})") from None


def thresholds_of(card: dict[str, Any], path: Path) -> Thresholds:
    """Return the thresholds of a card: `offer_threshold` and `prefer_threshold`, probabilities (2: never), and the
    optional number `offer_name_threshold` and objects `prefer_by_kind` and `prefer_by_source`.

    Raises ModelError if they are missing or invalid.
    """
    try:
        offer, prefer = float(card["offer_threshold"]), float(card["prefer_threshold"])
        offer_name = float(card.get("offer_name_threshold", offer))
        by_kind, by_source = (
            {str(name): float(value) for name, value in dict(card.get(key, {})).items()}
            for key in ("prefer_by_kind", "prefer_by_source")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise unusable(path, f"its thresholds are wrong ({error})") from None
    if not 0 <= offer <= prefer or not 0 <= offer_name <= 1:
        raise unusable(path, f"its thresholds, {offer} and {prefer}, are not in order")
    return Thresholds(offer, prefer, by_kind, by_source, offer_name)


def unusable(path: Path, why: str) -> ModelError:
    """Return the error for a model file that is refused, with the reason and a remedy."""
    return ModelError(f"The model {path} can't be used: {why}. {CURE}")
