"""Write the files of the ranking models and their cards to a temporary folder, then move each into place."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quickfix_ls.errors import UsageError
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.ranking.calibration import Calibration
from quickfix_ls.ranking.thresholds import Thresholds
from quickfix_ls.training.fitting import LinearFit
from quickfix_ls.training.trained_language import shipped_models

SHIPPED = shipped_models()
_LINEAR_PREFER = 0.97
"""The prefer threshold of the logistic regression. It is only the fallback and not measured, so it must be surer."""
_STATISTICS = re.compile(r"^(?:split_gain|leaf_weight|internal_weight|internal_value)=.*\n", re.M)


def write_trees(
    folder: Path,
    text: str,
    calibration: Calibration,
    thresholds: Thresholds,
    facts: dict[str, Any],
    features: Sequence[str] = FEATURE_NAMES,
) -> None:
    """Write `lightgbm.txt` and its card, with the additional `facts`; `text` is LightGBM's model text, `features` are
    the names of its features."""
    data = without_statistics(text).encode()
    (folder / "lightgbm.txt").write_bytes(data)
    card = {"sha256": hashlib.sha256(data).hexdigest(), **_card(calibration, thresholds, features), **facts}
    _write_card(folder / "lightgbm.json", card)


def write_linear(
    folder: Path,
    linear: LinearFit,
    calibration: Calibration,
    thresholds: Thresholds,
    facts: dict[str, Any],
    features: Sequence[str] = FEATURE_NAMES,
) -> None:
    """Write `logistic.json`, which is its own card, with the additional `facts`; `features` are the names of the
    features."""
    surer = replace(thresholds, prefer=_LINEAR_PREFER, by_kind={}, by_source={})
    _write_card(
        folder / "logistic.json",
        {**_card(calibration, surer, features), "bias": linear.bias, "terms": linear.terms, **facts},
    )


def without_statistics(text: str) -> str:
    """Remove the training statistics, more than a third of the text, from LightGBM's text of a model.

    Scores and contributions stay the same to the last bit: these fields are not used for either, and LightGBM's parser
    (`Tree::Tree` in its `tree.cpp`) sets them to zero if they are absent. The sizes in the header are adjusted.
    """
    head, *trees = re.split(r"^(?=Tree=|end of trees)", text, flags=re.M)
    lean = [_STATISTICS.sub("", tree) for tree in trees]
    sizes = " ".join(str(len(tree)) for tree in lean[:-1])
    return re.sub(r"^tree_sizes=.*", f"tree_sizes={sizes}", head, flags=re.M) + "".join(lean)


def make_folder(path: Path) -> None:
    """Create a folder. Raises UsageError if that fails."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error


def put_in_place(folder: Path, out: Path) -> None:
    """Move each finished file of a folder to `out` atomically. Raises UsageError if a file can't be written."""
    for path in sorted(folder.iterdir()):
        write_whole(out / path.name, path.read_bytes())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file atomically. Raises UsageError if it can't be written."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        raise UsageError(f"{path}: can't be written: {error.strerror}") from error


def today() -> str:
    return datetime.date.today().isoformat()


def _card(calibration: Calibration, thresholds: Thresholds, features: Sequence[str]) -> dict[str, Any]:
    return {
        "features": list(features),
        "offer_threshold": thresholds.offer,
        "offer_name_threshold": thresholds.shown_from(is_syntax=False),
        "prefer_threshold": thresholds.prefer,
        "prefer_by_kind": dict(thresholds.by_kind),
        "prefer_by_source": dict(thresholds.by_source),
        "calibration": calibration.as_card(),
    }


def _write_card(path: Path, card: dict[str, Any]) -> None:
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
