"""What the cross-encoder costs, measured beside LightGBM in the same run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.training.candidate_arrays import Candidates
from quickfix_ls.training.trained_language import shipped_models
from research.cross_encoder.model import CrossEncoder
from research.cross_encoder.texts import GroupText
from research.selector_comparison.timing import SIZES, in_new_process, milliseconds

_REPEATS = 15
_LOADS = 3
_BYTES = 4


def costs(encoder: CrossEncoder, texts: Sequence[GroupText], candidates: Candidates) -> dict[str, Any]:
    """Milliseconds (medians, from text to scores, on as many threads as PyTorch uses now) for groups of SIZES, the same
    for the shipped trees, and megabytes of the weights."""
    lightgbm = load_selector("lightgbm", FEATURE_NAMES, shipped_models())
    latency, beside = {}, {}
    for size in SIZES:
        choice = int(np.argmax([len(places) >= size for places in candidates.groups]))
        places = np.resize(candidates.groups[choice], size)
        endings = tuple(np.resize(np.array(texts[choice].endings, dtype=object), size).tolist())
        latency[str(size)] = milliseconds(partial(encoder.score, texts[choice]._replace(endings=endings)), _REPEATS)
        beside[str(size)] = milliseconds(partial(lightgbm.score, candidates.x[places].tolist(), [1] * size))
    return {"latency_ms": latency, "lightgbm_ms": beside, "size_mb": encoder.parameters * _BYTES / 1e6}


def load_costs(weights: Path) -> dict[str, float]:
    """Milliseconds and megabytes (medians) to load a trained model in a new process, PyTorch included, but without what
    reads the candidates."""
    found = [_load(weights) for _ in range(_LOADS)]
    return {key: statistics.median(one[key] for one in found) for key in ("load_ms", "memory_mb")}


def _load(weights: Path) -> dict[str, float]:
    code = f"""
        import json, time
        from pathlib import Path
        from research.cross_encoder.texts import GroupText
        from research.selector_comparison.memory import resident
        before, began = resident(), time.perf_counter()
        from research.cross_encoder.files import read_tensors
        from research.cross_encoder.score import load_cross_encoder
        weights = Path({str(weights)!r})
        encoder = load_cross_encoder(weights.parent, read_tensors(weights))
        encoder.score(GroupText("", "SyntaxError: invalid syntax\\n", ("+ pass\\nfixed",)))
        taken = (time.perf_counter() - began) * 1000
        print(json.dumps({{"load_ms": taken, "memory_mb": resident() - before}}))
    """
    return in_new_process(code)
