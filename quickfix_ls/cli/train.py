"""`quickfix-ls train`: the ranking models, made anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Give the parser this command."""
    command = commands.add_parser("train", help="make the ranking models anew")
    command.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of benchmark files to learn from beside the corpus; may be repeated",
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="where the models go (default: the package)")
    command.add_argument("--seed", type=int, default=0, help="the same seed gives the same models (default: 0)")
    command.add_argument("--quick", action="store_true", help="a small corpus: to see that it works, not to ship")
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.training.train import train

    return int(train(arguments.data, arguments.out, arguments.seed, quick=arguments.quick) or 0)
