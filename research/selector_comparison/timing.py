"""What a selector costs where it serves: time for a group, time to load, memory, size; and the features' own time."""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import lightgbm
import numpy as np

from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.errors import ModelError
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.features import features
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.ranking.selectors import all_selectors
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.training.candidate_arrays import Candidates
from quickfix_ls.training.inputs import proposing_pipeline
from quickfix_ls.training.trained_language import shipped_models, trained_language

SIZES = (8, 32)
_REPEATS = 300
_LOADS = 5
_BROKEN = """\
def report(first, second, seen, width=40):
    rows = [(a, b + 1) for a, b in zip(first, second) if a > 0 and b not in seen]
    for a, b in rows:
        print(str(a).ljust(width), str(b).rjust(12))
    print(total rows)
"""
"""For which there are more candidates than the largest group that is timed."""


def timing(candidates: Candidates) -> dict[str, Any]:
    """Milliseconds (medians), megabytes and bytes, on this machine: of each selector that can be loaded here; `python`,
    the shipped trees through LightGBM's own Python package; `features`, of the rows themselves."""
    rows = _rows(candidates)
    selectors = {name: found for name in all_selectors() if (found := _selector(name, rows)) is not None}
    return {
        "selectors": selectors,
        "python": _python(rows),
        "features": {str(size): found for size, found in _features().items()},
    }


def _rows(candidates: Candidates) -> list[list[float]]:
    sample = np.random.default_rng(0).permutation(len(candidates.choice))[: max(SIZES)]
    found: list[list[float]] = candidates.x[np.resize(sample, max(SIZES))].tolist()
    return found


def _selector(name: str, rows: Sequence[Sequence[float]]) -> dict[str, Any] | None:
    try:
        selector = load_selector(name, FEATURE_NAMES, shipped_models())
    except ModelError:
        return None  # its model, or the library for it, is not on this machine
    group = {size: milliseconds(partial(selector.score, rows[:size], [1] * size)) for size in SIZES}
    loads = [_load_in_new_process(name) for _ in range(_LOADS)]
    return {
        "ms": {str(size): one for size, one in group.items()},
        "load_ms": statistics.median(load["ms"] for load in loads),
        "memory_mb": statistics.median(load["mb"] for load in loads),
        "size": sum(path.stat().st_size for path in shipped_models().glob(f"{name}.*")),
    }


def _python(rows: Sequence[Sequence[float]]) -> dict[str, float]:
    """LightGBM's Python package as one would call it first: a list of rows, its own choice of threads."""
    peer = lightgbm.Booster(model_file=str(shipped_models() / "lightgbm.txt"))
    return {str(size): milliseconds(partial(_from_lists, peer, rows[:size])) for size in SIZES}


def _from_lists(peer: lightgbm.Booster, rows: Sequence[Sequence[float]]) -> object:
    return peer.predict(np.array(rows))


def _features() -> dict[int, float]:
    """The time to measure groups of real candidates."""
    pipeline, index = proposing_pipeline(), trained_language().index(Snapshot.of(_BROKEN))
    problem = find_all(index)[0]
    region = next(regions_for(index, problem))
    step = asyncio.run(pipeline.expand(index, region, problem, Deadline(5.0)))
    context, group = step.context, list(step.group)
    return {size: milliseconds(partial(features, context, group[:size], pipeline.plausibility)) for size in SIZES}


def milliseconds(call: Callable[[], object], repeats: int = _REPEATS) -> float:
    """The median of so many calls."""
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        call()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _load_in_new_process(name: str) -> dict[str, float]:
    """Milliseconds and megabytes to load a selector, without the start of the interpreter and the import of our own
    modules."""
    code = f"""
        import json, time
        from pathlib import Path
        from quickfix_ls.ranking.loader import load_selector
        from quickfix_ls.languages.python.measures import FEATURE_NAMES
        from research.selector_comparison.memory import resident
        before, began = resident(), time.perf_counter()
        one = load_selector({name!r}, FEATURE_NAMES, Path({str(shipped_models())!r}))
        one.score([[0.0] * len(FEATURE_NAMES)], [1])
        print(json.dumps({{"ms": (time.perf_counter() - began) * 1000, "mb": resident() - before}}))
    """
    return in_new_process(code)


def in_new_process(code: str) -> dict[str, float]:
    """What code prints as JSON in an interpreter of its own. Raises CalledProcessError where it fails."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
