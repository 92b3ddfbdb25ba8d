"""Many randomly broken texts through the whole pipeline.

python benchmarks/soak/fuzz_pipeline.py --runs 10000 [--seed N] [--texts rows.jsonl]...

`--texts` are JSON Lines files whose rows have a `text` or a `broken` key; files of the standard library are broken
as well. Prints the seed, and fails on the first crash, complaint in the log, or offer that does not hold.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
import sysconfig
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from quickfix_ls.pipeline import Budget, Pipeline
from tests.kit_python import PYTHON
from tests.random_breakage import Complaints, check_repair

SLACK = 0.2
"""Seconds that one judged candidate may take longer than the budget, on a busy machine."""
_LARGEST = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--texts", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    texts = [text for path in arguments.texts for text in _rows(path)]
    valid = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))
    texts += [text for path in valid if len(text := path.read_text(encoding="utf-8")) <= _LARGEST]
    complaints, budget = Complaints(), Budget()
    logging.getLogger().addHandler(complaints)
    times = asyncio.run(_run(arguments.seed, arguments.runs, texts, budget))
    times.sort()
    late = sum(one > budget.seconds + SLACK for one in times)
    print(
        f"{len(times)} runs over {len(texts)} texts; longest time for one problem: "
        f"median {times[len(times) // 2]:.3f}, "
        f"99th percentile {times[int(len(times) * 0.99)]:.3f}, maximum {times[-1]:.3f} s; {late} over "
        f"{budget.seconds + SLACK:.1f} s; {len(complaints.records)} complaints in the log"
    )
    print("\n".join(complaints.records[:3]))
    return 1 if complaints.records else 0


async def _run(seed: int, runs: int, texts: list[str], budget: Budget) -> list[float]:
    pipeline = Pipeline.load(PYTHON)
    return [await check_repair(pipeline, random.Random(f"{seed} {run}"), texts, budget) for run in range(runs)]


def _rows(path: Path) -> list[str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row.get("text") or row["broken"] for row in rows]


if __name__ == "__main__":
    sys.exit(main())
