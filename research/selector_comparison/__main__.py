"""Compare all selectors on a candidate set: `python -m research.selector_comparison CANDIDATES.parquet`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from quickfix_ls.cli.arguments import need_extra
from quickfix_ls.errors import UsageError
from research.running import exit_code

_DESCRIPTION = """\
Compare all selectors on a candidate set, each by what it says of problems that it was not fitted on. Prints tables.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code. `argv` is `sys.argv[1:]` where None."""
    parser = argparse.ArgumentParser(prog="python -m research.selector_comparison", description=_DESCRIPTION)
    parser.add_argument("candidates", type=Path, metavar="FILE.parquet", help="see `quickfix-ls candidates`")
    parser.add_argument(
        "--scores",
        action="append",
        default=[],
        metavar="NAME=FILE.parquet",
        help="also compare a model that was fitted elsewhere, by its scores; may be repeated",
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    parser.add_argument("--keep", type=Path, metavar="FILE.parquet", help="keep the selectors' scores there")
    parser.add_argument(
        "--add", action="store_true", help="fit nothing, but add --scores to the comparison that --json and --keep hold"
    )
    return exit_code(partial(_run, parser.parse_args(argv)))


def _run(arguments: argparse.Namespace) -> int:
    named = [one.partition("=") for one in arguments.scores]
    if wrong := [name for name, separator, _ in named if not separator]:
        raise UsageError(f"--scores {wrong[0]}: expected NAME=FILE.parquet")
    need_extra("train", "pyarrow", "sklearn")
    from research.selector_comparison.evaluation import Files, add_scores, evaluate_candidates

    scores = {name: Path(file) for name, _, file in named}
    files = Files(arguments.candidates, scores, arguments.json, arguments.keep)
    return add_scores(files) if arguments.add else evaluate_candidates(files)


if __name__ == "__main__":
    sys.exit(main())
