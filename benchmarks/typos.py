"""One-edit typos by kind, planted in whole files of packages that no training saw: how many are found, and how often
the first offer is the right one.

    python benchmarks/typos.py [--rows 200] [--seed 0]

Local names that are mistyped are nearly always undefined then. Members and arguments are reported only where all
that their owner has is known, so that "found" is what our analysis can know at all; the shares are of all rows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from random import Random

from quickfix_ls.pipeline import Budget, Pipeline
from quickfix_ls.training.corpus import HELD_OUT, MEMBER_WAYS, source_files
from quickfix_ls.training.evaluate import run_rows
from quickfix_ls.training.rows import Row
from quickfix_ls.training.typos import WAYS, File

_EACH = 3


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=200, help="typos of each kind")
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    pipeline = Pipeline.load()
    print("| kind | typos | found | exact at 1 | exact at 1 of those found |\n|---|---|---|---|---|")
    for way in ("local_name", *MEMBER_WAYS):
        rows = list(planted(way, options.rows, options.seed))
        outcomes = run_rows(pipeline, rows, Budget(2.0, 3))
        found = sum(bool(one.problems) for one in outcomes)
        exact = sum(one.rank == 0 for one in outcomes)
        words = way.replace("_", " ")
        print(f"| {words} | {len(rows)} | {_share(found, len(rows))} | {_share(exact, len(rows))} | "
              f"{_share(exact, found)} |")  # fmt: skip


def planted(way: str, n: int, seed: int) -> Iterator[Row]:
    """Typos wherever such a name is used, whether or not we can find them; at most `_EACH` to a file."""
    rng = Random(seed)
    files = source_files(HELD_OUT)
    made = 0
    for source in rng.sample(files, len(files)):
        text = source.text()
        file = File.of(text) if text else None
        for number in range(_EACH if file else 0):
            assert file is not None
            slip = WAYS[way][0](file, rng)
            if slip is None:
                continue
            if made >= n:
                return
            made += 1
            yield Row(f"{way}-{made}-{number}", "name", slip.applied(file.text), file.text, "", slip.line, 1)


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / whole:.0f} %)" if whole else "0"


if __name__ == "__main__":
    main()
