"""`quickfix-ls candidates`: writes the data that the ranking models are trained and compared on."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, add_model, need_extra, positive


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "candidates",
        help="write all candidates of broken texts, with features and labels, for training",
        description="Propose fixes for broken texts whose right fix is known, and write every candidate with what the "
        "ranking sees of it, whether the person would accept it, and whether it executes. Programs that bring tests "
        "are run on them, in a process of their own with limits.",
        epilog="exit codes: 0 done; 2 bad usage, or a file that can't be read or written",
    )
    command.add_argument(
        "--data", type=Path, action="append", default=[], metavar="DIR",
        help="benchmark files, or a folder of them; may be repeated",
    )  # fmt: skip
    command.add_argument("--out", type=Path, required=True, metavar="FILE.parquet")
    command.add_argument(
        "--corpus", type=int, default=0, metavar="N", help="also break N pieces of correct code (default: 0)"
    )
    command.add_argument("--seed", type=int, default=0, help="the same seed breaks the same code (default: 0)")
    command.add_argument("--limit", type=positive, metavar="N", help="at most N rows of each file")
    command.add_argument("--jobs", type=positive, default=1, metavar="N", help="processes (default: 1)")
    add_model(command, "add what this model proposes for each first step, a proposer for each way it is asked")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    need_extra("train", "pyarrow", "sklearn")
    from quickfix_ls.training.candidate_set import make_candidates
    from quickfix_ls.training.variants import Ways

    ways = Ways(arguments.provider, arguments.model_path, arguments.deadline, arguments.set)
    return make_candidates(
        arguments.data,
        arguments.out,
        arguments.corpus,
        arguments.seed,
        arguments.limit,
        arguments.jobs,
        ways if arguments.provider else None,
    )
