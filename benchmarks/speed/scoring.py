"""How fast a group of candidates is measured and scored, in one run, with what else could score it.

    python benchmarks/speed/scoring.py [--compiled]

Prints Markdown; the last results are in `benchmarks/speed/scoring.md`. The candidates are real ones of the broken texts
below, the model is the shipped one. treelite joins in where it is installed; with --compiled, also tl2cgen (which needs
a C compiler) and lleaves, which take minutes to compile the trees. Every way is held to the raw scores of LightGBM's
own Python package: `differs by` is the largest gap.
"""

from __future__ import annotations

import asyncio
import platform
import statistics
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from functools import partial

import lightgbm
import numpy as np
from scoring_ways import Floats, ways

from quickfix_ls.context import Context
from quickfix_ls.context.regions import regions_for
from quickfix_ls.documents.snapshot import Snapshot
from quickfix_ls.languages.python.measures import FEATURE_NAMES
from quickfix_ls.problems import find_all
from quickfix_ls.ranking.features import features
from quickfix_ls.ranking.loader import load_selector
from quickfix_ls.repairs.expansion import Deadline
from quickfix_ls.repairs.valid_candidate import ValidCandidate
from quickfix_ls.training.inputs import proposing_pipeline
from tests.kit_python import MODELS, python_index

TEXTS = (
    "values = [first(a, b), second(c) third(d, e)]\nprint(values)\n",
    "def f(a, b):\n    value = g(a, h(b, [1, 2, k(3)]\n    return value\n\ndef g(x, y):\n    return x + y\n",
    "a = f(1, g(2, 3), h(4 5), k(6))\nprint(a)\n",
)
SIZES = (1, 8, 32, 64)
REPEATS = 300
LOADS = 7


def main() -> None:
    pipeline = proposing_pipeline()
    groups = [_group(pipeline, text) for text in TEXTS]
    print(f"CPython {platform.python_version()}, {platform.machine()}, one thread; medians in milliseconds\n")
    print("| | " + " | ".join(f"{size} candidates" for size in SIZES) + " | differs by |\n" + "|---" * 6 + "|")
    measuring = [_measuring(pipeline, groups, size) for size in SIZES]
    print("| the features | " + " | ".join(f"{one:.2f}" if one else "-" for one in measuring) + " | |")
    rows = [row for context, group in groups for row in features(context, group, pipeline.plausibility)]
    data = np.resize(np.array(rows), (max(SIZES), len(FEATURE_NAMES)))
    selector = load_selector("lightgbm", FEATURE_NAMES, MODELS)
    _row("our selector, from lists to probabilities", lambda x: partial(selector.score, x.tolist(), [1] * len(x)), data)
    reference = lightgbm.Booster(model_file=str(MODELS / "lightgbm.txt")).predict(data, raw_score=True, num_threads=1)
    for way in ways(MODELS / "lightgbm.txt", "--compiled" in sys.argv):
        gap = np.abs(np.array(way.scores(data)()) - reference).max()
        _row(way.name, way.scores, data, f"{gap:.0e}" if gap else "nothing")
    loading = statistics.median(_load_in_new_process() for _ in range(LOADS))
    print(f"\nThe first use in a new process (open the library, load and check the model): {loading:.1f} ms")


def _group(pipeline, text: str) -> tuple[Context, list[ValidCandidate]]:
    index = python_index(Snapshot.of(text))
    problem = find_all(index)[0]
    region = next(iter(regions_for(index, problem)))
    return asyncio.run(pipeline.expand(index, region, problem, Deadline(60)))


def _measuring(pipeline, groups: list[tuple[Context, list[ValidCandidate]]], size: int) -> float | None:
    """The mean over the texts; None where they have not as many candidates."""
    if any(len(group) < size for _, group in groups):
        return None
    calls = [partial(features, context, group[:size], pipeline.plausibility) for context, group in groups]
    return statistics.mean(_median(call, REPEATS // 5) for call in calls)


def _row(name: str, scores: Callable[[Floats], Callable[[], object]], data: Floats, differs: str = "") -> None:
    times = [_median(scores(data[:size]), REPEATS) for size in SIZES]
    print(f"| {name} | " + " | ".join(f"{one:.3f}" for one in times) + f" | {differs} |", flush=True)


def _median(call: Callable[[], object], repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def _load_in_new_process() -> float:
    """Milliseconds, without the start of the interpreter and the import of our own modules."""
    code = f"""
        import time
        from quickfix_ls.ranking.loader import load_selector
        start = time.perf_counter()
        load_selector("lightgbm", {FEATURE_NAMES!r})
        print((time.perf_counter() - start) * 1000)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
