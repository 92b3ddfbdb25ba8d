"""How fast LightGBM loads and scores by its C library, beside its own Python package, in one run.

    python benchmarks/scoring.py

Prints Markdown; the last results are in `benchmarks/scoring.md`. The model is one of 200 trees of 31 leaves,
trained here on random numbers: its answers mean nothing, its size is what is measured.
"""

from __future__ import annotations

import hashlib
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

FEATURES = tuple(f"f{number}" for number in range(40))
GROUPS = (1, 8, 32)
REPEATS = 400


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        _make_model(directory)
        loading = statistics.median(_load_in_new_process(directory) for _ in range(7))
        scoring = _scoring(directory)
    print(f"CPython {platform.python_version()}, {platform.machine()}, one thread; medians\n")
    print("| | 1 row | 8 rows | 32 rows |\n|---|---|---|---|")
    for way, times in scoring.items():
        print(f"| {way}, ms | " + " | ".join(f"{one:.3f}" for one in times) + " |")
    print(f"\nThe first use in a new process (open the library, load and check the model): {loading:.1f} ms")


def _make_model(directory: Path) -> None:
    import lightgbm
    import numpy as np

    rng = np.random.default_rng(1)
    data = rng.normal(size=(20_000, len(FEATURES)))
    label = (data[:, 0] + data[:, 1] * data[:, 2] + rng.normal(size=len(data)) > 0).astype(int)
    parameters = {"objective": "binary", "num_leaves": 31, "verbosity": -1, "num_threads": 2, "seed": 1}
    dataset = lightgbm.Dataset(data, label, feature_name=list(FEATURES))
    text = lightgbm.train(parameters, dataset, num_boost_round=200).model_to_string().encode()
    (directory / "lightgbm.txt").write_bytes(text)
    card = {
        "features": FEATURES,
        "calibration": {
            "knots": [[-3, 0.1], [0, 0.5], [3, 0.9]],
            "score_weight": 1,
            "share_weight": 1,
            "temperature": 1,
        },
        "offer_threshold": 0.2,
        "prefer_threshold": 0.8,
        "sha256": hashlib.sha256(text).hexdigest(),
    }
    (directory / "lightgbm.json").write_text(json.dumps(card), encoding="utf-8")


def _load_in_new_process(directory: Path) -> float:
    """Milliseconds, without the start of the interpreter and the import of our own modules."""
    code = f"""
        import time
        from pathlib import Path
        from quickfix_ls.ranking.loader import load_selector
        start = time.perf_counter()
        load_selector("lightgbm", {FEATURES!r}, Path({str(directory)!r}))
        print((time.perf_counter() - start) * 1000)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _scoring(directory: Path) -> dict[str, list[float]]:
    import lightgbm
    import numpy as np

    from quickfix_ls.ranking.loader import load_selector
    from quickfix_ls.ranking.selectors.lightgbm import LightGBM

    peer = lightgbm.Booster(model_file=str(directory / "lightgbm.txt"))
    ours = load_selector("lightgbm", FEATURES, directory)
    assert isinstance(ours, LightGBM)
    rng = np.random.default_rng(2)
    times: dict[str, list[float]] = {}
    for count in GROUPS:
        data = rng.normal(size=(count, len(FEATURES)))
        rows = [[float(number) for number in row] for row in data]
        votes = [1] * count
        if ours.booster.raw(rows) != list(np.asarray(peer.predict(data, raw_score=True, num_threads=1))):
            raise SystemExit("our raw scores differ from those of lightgbm.Booster.predict")
        ways: dict[str, Callable[[], object]] = {
            "our selector, from plain lists to probabilities": partial(ours.score, rows, votes),
            "our selector, raw scores alone": partial(ours.booster.raw, rows),
            "lightgbm.Booster.predict, from a numpy array": partial(peer.predict, data, num_threads=1),
            "lightgbm.Booster.predict, from plain lists": partial(_from_lists, peer, rows),
        }
        for way, call in ways.items():
            times.setdefault(way, []).append(_median(call))
    return times


def _from_lists(peer: Any, rows: list[list[float]]) -> object:
    import numpy as np

    return peer.predict(np.array(rows), num_threads=1)


def _median(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


if __name__ == "__main__":
    main()
