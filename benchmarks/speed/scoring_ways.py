"""The ways to score rows with LightGBM's trees that `scoring.py` times: ours, LightGBM's own, and those that compile or
flatten the trees."""

from __future__ import annotations

import ctypes
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt

from quickfix_ls.ranking.boosting import Booster, library

Floats = npt.NDArray[np.float64]
Scores = Callable[[], object]


@dataclass(frozen=True)
class Way:
    """`scores` readies rows (rows x features) and gives the call to be timed, which returns their raw scores."""

    name: str
    scores: Callable[[Floats], Scores]


def ways(model: Path, compiled: bool = False) -> Iterator[Way]:
    """Every way that can be had on this machine; `compiled` also those that need minutes to compile the trees."""
    ours = Booster(model.read_bytes())
    peer = lightgbm.Booster(model_file=str(model))
    yield Way("our call of LightGBM's C library, from lists", lambda x: partial(ours.raw, x.tolist()))
    yield Way("`LGBM_BoosterPredictForMatSingleRowFast`, row by row", partial(_single_rows, ours))
    yield Way("`lightgbm.Booster.predict`, from an array", lambda x: partial(_peer, peer, x))
    yield Way("`lightgbm.Booster.predict`, from lists", lambda x: partial(_peer_from_lists, peer, x.tolist()))
    flat = FlatTrees(model.read_text())
    yield Way("trees flattened into numpy arrays", lambda x: partial(flat.raw, x))
    for optional in (_treelite, _tl2cgen, _lleaves) if compiled else (_treelite,):
        with suppress(ImportError):
            yield optional(model)


def _peer(peer: lightgbm.Booster, x: Floats) -> object:
    return peer.predict(x, raw_score=True, num_threads=1)


def _peer_from_lists(peer: lightgbm.Booster, rows: list[list[float]]) -> object:
    return peer.predict(np.array(rows), raw_score=True, num_threads=1)


def _single_rows(ours: Booster, x: Floats) -> Scores:
    """LightGBM's call for one row, whose settings are read once."""
    opened, config = library(), ctypes.c_void_p()
    opened.LGBM_BoosterPredictForMatSingleRowFastInit(
        ours._handle, 1, 0, -1, 1, x.shape[1], b"num_threads=1 verbosity=-1", ctypes.byref(config)
    )
    rows = np.ascontiguousarray(x)
    result, length = (ctypes.c_double * 1)(), ctypes.c_int64()
    addresses = [ctypes.c_void_p(row.ctypes.data) for row in rows]

    def call(_kept: Floats = rows) -> list[float]:
        found = []
        for address in addresses:
            opened.LGBM_BoosterPredictForMatSingleRowFast(config, address, ctypes.byref(length), result)
            found.append(result[0])
        return found

    return call


class FlatTrees:
    """All trees side by side in arrays; a level of all trees and rows is one step of numpy."""

    def __init__(self, text: str) -> None:
        trees = [dict(re.findall(r"^(\w+)=(.*)$", part, re.M)) for part in text.split("\nTree=")[1:]]
        self._trees = len(trees)
        nodes, leaves, sets = 0, 0, 1
        columns: dict[str, list[Floats]] = {name: [] for name in ("feature", "threshold", "left", "right", "set")}
        values, words, roots = [], [np.zeros((1, 8), dtype=np.uint32)], []
        for tree in trees:
            left, right = _numbers(tree["left_child"]), _numbers(tree["right_child"])
            threshold, kinds = _numbers(tree["threshold"]), _numbers(tree["decision_type"]).astype(int)
            is_category = (kinds & 1).astype(bool)
            columns["feature"].append(_numbers(tree["split_feature"]))
            columns["threshold"].append(np.where(is_category, 0, threshold))
            columns["left"].append(np.where(left < 0, left - leaves, left + nodes))
            columns["right"].append(np.where(right < 0, right - leaves, right + nodes))
            columns["set"].append(np.where(is_category, threshold + sets, 0))
            if is_category.any():
                bounds, packed = _numbers(tree["cat_boundaries"]).astype(int), _numbers(tree["cat_threshold"])
                table = np.zeros((len(bounds) - 1, 8), dtype=np.uint32)
                for row, (begin, end) in enumerate(pairwise(bounds)):
                    table[row, : end - begin] = packed[begin:end].astype(np.uint32)
                words.append(table)
                sets += len(table)
            roots.append(nodes)
            nodes, leaves = nodes + len(left), leaves + int(tree["num_leaves"])
            values.append(_numbers(tree["leaf_value"]))
        self._feature, self._left, self._right, self._set = (
            np.concatenate(columns[name]).astype(np.int64) for name in ("feature", "left", "right", "set")
        )
        self._threshold = np.concatenate(columns["threshold"])
        self._values, self._words, self._roots = np.concatenate(values), np.concatenate(words), np.array(roots)

    def raw(self, x: Floats) -> Floats:
        rows = np.repeat(np.arange(len(x)), self._trees)
        at = np.tile(self._roots, len(x))
        active = np.arange(len(at))
        while len(active):
            node = at[active]
            value = x[rows[active], self._feature[node]]
            chosen = self._set[node]
            bit = np.clip(value, 0, 255).astype(np.int64)
            member = (self._words[chosen, bit >> 5] >> (bit & 31).astype(np.uint32)) & 1
            goes_left = np.where(chosen > 0, (member == 1) & (value >= 0), value <= self._threshold[node])
            at[active] = np.where(goes_left, self._left[node], self._right[node])
            active = active[at[active] >= 0]
        # In the trees' order, as LightGBM adds: so the sums round alike.
        return np.add.accumulate(self._values[-at - 1].reshape(len(x), self._trees), axis=1)[:, -1]


def _numbers(text: str) -> Floats:
    return np.array(text.split(), dtype=np.float64)


def _treelite(model: Path) -> Way:
    import treelite

    loaded = treelite.frontend.load_lightgbm_model(str(model))
    return Way(
        f"treelite {treelite.__version__}, its interpreter",
        lambda x: lambda: treelite.gtil.predict(loaded, x, nthread=1, pred_margin=True).ravel(),
    )


def _tl2cgen(model: Path) -> Way:
    import tl2cgen
    import treelite

    library_path = Path(tempfile.mkdtemp()) / "trees.so"
    loaded = treelite.frontend.load_lightgbm_model(str(model))
    tl2cgen.export_lib(loaded, toolchain="gcc", libpath=library_path, params={"parallel_comp": 2}, verbose=False)
    compiled = tl2cgen.Predictor(library_path, nthread=1, verbose=False)
    return Way(
        f"tl2cgen {tl2cgen.__version__}, compiled by gcc",
        lambda x: lambda: compiled.predict(tl2cgen.DMatrix(x, dtype="float64"), pred_margin=True).ravel(),
    )


def _lleaves(model: Path) -> Way:
    import lleaves

    compiled = lleaves.Model(model_file=str(model))
    compiled.compile(raw_score=True)
    return Way("lleaves, compiled by LLVM", lambda x: lambda: compiled.predict(x, n_jobs=1))
