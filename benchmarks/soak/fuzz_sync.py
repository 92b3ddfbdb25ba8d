"""Many random edits through text sync, position conversion and the cutting into units.

python benchmarks/soak/fuzz_sync.py --edits 200000 [--seed N]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.documents.random_edits import check_cuts, check_sync

RUN = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    for check in (check_sync, check_cuts):
        began = time.perf_counter()
        for run in range(-(-arguments.edits // RUN)):
            check(random.Random(f"{arguments.seed} {run}"), RUN)
        print(f"{check.__name__}: {arguments.edits} edits, {time.perf_counter() - began:.0f} s, none went astray")


if __name__ == "__main__":
    main()
