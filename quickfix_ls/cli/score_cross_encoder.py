"""`quickfix-ls score-cross-encoder`: what a fine-tuned language model thinks of candidates that it never saw."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, need_extra, positive
from quickfix_ls.cli.train_cross_encoder import MODULES


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Give the parser this command."""
    command = commands.add_parser(
        "score-cross-encoder",
        help="score candidates with what train-cross-encoder made, for `evaluate --candidates --scores`",
        description="Score whole groups, at random, of the sources that the models have not seen. The candidate set "
        "may be another than the one that they learned from.",
    )
    command.add_argument(
        "--candidates", type=Path, required=True, metavar="FILE.parquet",
        help="the candidate set, see `quickfix-ls candidates`",
    )  # fmt: skip
    command.add_argument(
        "--model", type=Path, action="append", required=True, metavar="DIR",
        help="where train-cross-encoder has put its models; may be repeated",
    )  # fmt: skip
    command.add_argument("--out", type=Path, required=True, metavar="NAME.scores.parquet")
    command.add_argument(
        "--groups", type=positive, default=600, metavar="N", help="at most N groups of each source (default: 600)"
    )
    command.add_argument("--seed", type=int, default=0, help="of their choice (default: 0)")
    command.add_argument("--threads", type=positive, default=1, metavar="N", help="of PyTorch (default: 1)")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    need_extra("lm", *MODULES)
    from quickfix_ls.training.cross_encoder.score import score_cross_encoder

    return score_cross_encoder(
        arguments.candidates, arguments.model, arguments.out, arguments.groups, arguments.seed, arguments.threads
    )
