"""`quickfix-ls train`: trains the ranking models."""

from __future__ import annotations

import argparse
from pathlib import Path

from quickfix_ls.cli.arguments import Commands, need_extra
from quickfix_ls.errors import UsageError


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add this command to the parser."""
    command = commands.add_parser(
        "train",
        help="make the ranking models anew",
        epilog="exit codes: 0 done; 1 a row made the pipeline raise; 2 bad usage, or a file can't be read or written",
    )
    command.add_argument(
        "--data",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of benchmark files to learn from beside the corpus; may be repeated",
    )
    command.add_argument(
        "--candidates",
        type=Path,
        metavar="FILE.parquet",
        help="fit on this candidate set alone, see `quickfix-ls candidates`: the ranking in a minute or two",
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="where the models go (default: the package)")
    command.add_argument("--seed", type=int, default=0, help="the same seed gives the same models (default: 0)")
    command.add_argument(
        "--keep-token-model", action="store_true", help="leave the token model as it is, and make the ranking anew"
    )
    command.add_argument(
        "--language", default="python", metavar="NAME", help="whose models: python (default) or sql, which needs --data"
    )
    command.add_argument("--quick", action="store_true", help="a small corpus: to see that it works, not to ship")
    command.add_argument(
        "--outcomes",
        type=Path,
        metavar="OUT.jsonl",
        help="write what was found for each row of --data, cross-validated",
    )
    command.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from quickfix_ls.training.subjects import is_subject

    if not is_subject(arguments.language):
        raise UsageError(f"train --language {arguments.language}: choose python or sql")
    if arguments.candidates:
        return _refit(arguments)
    need_extra("train", "pyarrow", "sklearn")
    from quickfix_ls.training.train import train

    made = train(
        arguments.data,
        arguments.out,
        arguments.seed,
        quick=arguments.quick,
        keep_token_model=arguments.keep_token_model,
        outcomes_out=arguments.outcomes,
        language=arguments.language,
    )
    return int(made or 0)


def _refit(arguments: argparse.Namespace) -> int:
    if arguments.language != "python":
        raise UsageError("train --candidates: such sets hold candidates of Python alone")
    if arguments.data or arguments.quick:
        raise UsageError("train --candidates takes neither --data nor --quick: the set holds what is learned from")
    need_extra("train", "pyarrow", "sklearn")
    from quickfix_ls.training.refit import refit

    return refit(arguments.candidates, arguments.out, arguments.seed)
